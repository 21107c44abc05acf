"""The steps of a retraining that are not the model's own: they run in containers that have Python and nothing else.

    python run.py gate --evaluation JSON --gates JSON
    python run.py register --model NAME --source URI --evaluation JSON --data-version V --tags JSON --output FILE
    python run.py approval --model NAME --version N [--wait SECONDS]
    python run.py deploy --model NAME --version N --source URI --namespace NS --service NAME --ready SECONDS
    python run.py submit --api URL --run FILE

Exit codes: 0 done; 1 the model was refused, or the step failed; 75 (EX_TEMPFAIL) nobody has decided yet.
MLflow is asked as `MLFLOW_TRACKING_URI` says, with `MLFLOW_TRACKING_USERNAME` and `…_PASSWORD` where they are set; the
cluster with the pod's own service account, or as `KUBE_API`, `KUBE_TOKEN` and `KUBE_CA` (a file) say.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import ssl
import sys
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

UNDECIDED = 75
APPROVAL, APPROVED, REJECTED, PENDING = "approval", "approved", "rejected", "pending"
ALIAS = "champion"
POLL_SECONDS = 30
ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")


class StepError(Exception):
    """A step that ends the run; its text is what the run's log says."""


def call(
    method: str, url: str, body: Any = None, headers: dict[str, str] | None = None, ca: str | None = None
) -> dict[str, Any]:
    """Return the JSON that a server answers."""
    data = None if body is None else json.dumps(body).encode()
    asked = Request(url, data, {"Content-Type": "application/json", **(headers or {})}, method=method)  # noqa: S310
    context = ssl.create_default_context(cafile=ca) if url.startswith("https") else None
    try:
        with urlopen(asked, timeout=60, context=context) as answer:  # noqa: S310  the URL is the declaration's
            text = answer.read()
    except HTTPError as error:
        raise StepError(f"{method} {url}: {error.code} {error.read()[:500]!r}") from error
    except URLError as error:
        raise StepError(f"{method} {url}: {error.reason}") from error
    return dict(json.loads(text)) if text else {}


def mlflow(method: str, path: str, **fields: Any) -> dict[str, Any]:
    """Ask MLflow's REST API, version 2.0."""
    url = f"{os.environ['MLFLOW_TRACKING_URI'].rstrip('/')}/api/2.0/mlflow/{path}"
    user = os.environ.get("MLFLOW_TRACKING_USERNAME")
    password = os.environ.get("MLFLOW_TRACKING_PASSWORD", "")
    basic = base64.b64encode(f"{user}:{password}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}"} if user else {}
    if method == "GET":
        return call(method, f"{url}?{urlencode(fields)}", headers=headers)
    return call(method, url, fields, headers)


def gate(args: argparse.Namespace) -> int:
    """Refuse a model that misses a bound, or whose evaluation lacks the metric."""
    measured = json.loads(args.evaluation)
    missed = [text for text in (misses(bound, measured) for bound in json.loads(args.gates)) if text]
    if missed:
        raise StepError("the model was refused: " + "; ".join(missed))
    print(f"all bounds are kept: {json.dumps(measured, sort_keys=True)}")  # noqa: T201  the run's log
    return 0


def misses(bound: dict[str, Any], measured: dict[str, Any]) -> str:
    """Return why a bound is not kept; empty where it is."""
    metric, wanted = bound["metric"], bound["value"]
    value = measured.get(metric)
    # NaN is neither at least nor at most anything.
    if not isinstance(value, int | float) or isinstance(value, bool) or value != value:  # noqa: PLR0124
        return f"{metric} was not measured"
    kept = value >= wanted if bound["comparison"] == "at-least" else value <= wanted
    return "" if kept else f"{metric} is {value}, {bound['comparison']} {wanted} was asked"


def register(args: argparse.Namespace) -> int:
    """Register a version that waits for approval; writes its number."""
    try:
        mlflow("POST", "registered-models/create", name=args.model)
    except StepError as error:
        if "RESOURCE_ALREADY_EXISTS" not in str(error):
            raise
    tags = {
        **json.loads(args.tags),
        "evaluation": args.evaluation,
        "data_version": args.data_version,
        APPROVAL: PENDING,
    }
    answer = mlflow(
        "POST",
        "model-versions/create",
        name=args.model,
        source=args.source,
        tags=[{"key": key, "value": str(value)} for key, value in sorted(tags.items())],
    )
    version = answer["model_version"]["version"]
    output = Path(args.output)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(version, encoding="utf-8")
    print(f"{args.model} {version} waits for approval")  # noqa: T201
    return 0


def approval(args: argparse.Namespace) -> int:
    """Say what was decided: 0 approved, 75 nothing yet; a rejection fails."""
    until = time.monotonic() + args.wait
    while True:
        found = mlflow("GET", "model-versions/get", name=args.model, version=args.version)["model_version"]
        said = {tag["key"]: tag["value"] for tag in found.get("tags", [])}.get(APPROVAL, PENDING)
        if said == APPROVED:
            print(f"{args.model} {args.version} was approved")  # noqa: T201
            return 0
        if said == REJECTED:
            raise StepError(f"{args.model} {args.version} was rejected")
        if time.monotonic() >= until:
            print(f"nobody has decided on {args.model} {args.version}")  # noqa: T201
            return UNDECIDED
        time.sleep(min(POLL_SECONDS, max(0.0, until - time.monotonic())))


def deploy(args: argparse.Namespace) -> int:
    """Serve a version, wait until it is ready, and name it the champion; else put the one before back."""
    path = f"/apis/serving.kserve.io/v1beta1/namespaces/{quote(args.namespace)}/inferenceservices/{quote(args.service)}"
    before = cluster("GET", path)["spec"]["predictor"]["model"].get("storageUri")
    generation = serve(path, args.source)
    if not is_ready(path, generation, args.ready):
        serve(path, before)
        raise StepError(f"{args.service} was not ready after {args.ready} s; {before} is served again")
    mlflow("POST", "registered-models/alias", name=args.model, alias=ALIAS, version=args.version)
    print(f"{args.service} serves {args.model} {args.version}")  # noqa: T201
    return 0


def serve(path: str, source: str | None) -> int:
    """Point an InferenceService at a model; returns its generation."""
    patch = {"spec": {"predictor": {"model": {"storageUri": source}}}}
    return int(cluster("PATCH", path, patch)["metadata"]["generation"])


def is_ready(path: str, generation: int, seconds: float) -> bool:
    """Wait until the controller has seen a generation and says that it is ready."""
    until = time.monotonic() + seconds
    while True:
        status = cluster("GET", path).get("status", {})
        ready = {one["type"]: one["status"] for one in status.get("conditions", [])}.get("Ready")
        if ready == "True" and status.get("observedGeneration", 0) >= generation:
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(min(5, seconds))


def cluster(method: str, path: str, body: Any = None) -> dict[str, Any]:
    """Ask the cluster's API server; a body is a merge patch."""
    inside = f"https://{os.environ.get('KUBERNETES_SERVICE_HOST')}:{os.environ.get('KUBERNETES_SERVICE_PORT')}"
    token = os.environ.get("KUBE_TOKEN") or (ACCOUNT / "token").read_text(encoding="utf-8").strip()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/merge-patch+json"}
    ca = os.environ.get("KUBE_CA") or (str(ACCOUNT / "ca.crt") if (ACCOUNT / "ca.crt").exists() else None)
    return call(method, os.environ.get("KUBE_API", inside) + path, body, headers, ca)


def submit(args: argparse.Namespace) -> int:
    """Start a run of Kubeflow Pipelines."""
    run = json.loads(Path(args.run).read_text(encoding="utf-8"))
    answer = call("POST", f"{args.api.rstrip('/')}/apis/v2beta1/runs", run)
    print(f"run {answer['run_id']} was submitted")  # noqa: T201
    return 0


STEPS = {
    "gate": (gate, ("evaluation", "gates")),
    "register": (register, ("model", "source", "evaluation", "data-version", "tags", "output")),
    "approval": (approval, ("model", "version")),
    "deploy": (deploy, ("model", "version", "source", "namespace", "service")),
    "submit": (submit, ("api", "run")),
}


def main(arguments: list[str]) -> int:
    """Run one step."""
    parser = argparse.ArgumentParser(prog="run.py")
    steps = parser.add_subparsers(required=True)
    for name, (function, fields) in STEPS.items():
        step = steps.add_parser(name)
        step.set_defaults(function=function)
        for field in fields:
            step.add_argument(f"--{field}", required=True)
        step.add_argument("--wait", type=float, default=0)
        step.add_argument("--ready", type=float, default=0)
    args = parser.parse_args(arguments)
    try:
        return int(args.function(args))
    except StepError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
