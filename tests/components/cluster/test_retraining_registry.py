"""A version's way through a real MLflow and a real API server: registered, decided on, deployed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from kubernetes import client

from tests.services.mlflow_server import RunningServer, mlflow_server
from trimtab.components.cluster_pipelines.steps.plan import step_text
from trimtab.spec.cluster.mlflow import MLflow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support import LocalCloud

pytestmark = pytest.mark.engine
IMAGE = "registry.example.com/mlflow@sha256:" + "0" * 64
NAMESPACE = "deployed"
PLACE = ("serving.kserve.io", "v1beta1", NAMESPACE, "inferenceservices")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    spec = MLflow.model_validate({"image": IMAGE, "workers": 1})
    with mlflow_server(tmp_path_factory.mktemp("mlflow"), spec, artifacts="s3://acme-models/x", aws={}) as running:
        yield running


class Steps:
    """The program of the steps, with what it needs to know."""

    def __init__(self, server: RunningServer, folder: Path, **env: str) -> None:
        name, password = server.admin
        self.server, self.folder = server, folder
        user = {"MLFLOW_TRACKING_USERNAME": name, "MLFLOW_TRACKING_PASSWORD": password}
        self.env = {"PATH": os.environ["PATH"], "MLFLOW_TRACKING_URI": server.url, **user, **env}

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-c", step_text(), *args]
        return subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)

    def register(self, model: str, source: str) -> str:
        output = self.folder / "outputs" / "version"
        done = self.run(
            *("register", "--model", model, "--source", source, "--evaluation", '{"auc": 0.93}'),
            *("--data-version", "d1", "--tags", '{"pipeline": "fraud"}', "--output", str(output)),
        )
        assert done.returncode == 0, done.stderr
        return output.read_text(encoding="utf-8")

    def decide(self, model: str, version: str, said: str) -> None:
        tag = {"name": model, "version": version, "key": "approval", "value": said}
        self.server.asked("POST", "mlflow/model-versions/set-tag", json=tag)


def test_nothing_is_approved_until_a_person_says_so(server: RunningServer, tmp_path: Path) -> None:
    steps = Steps(server, tmp_path)
    first, second = (steps.register("scores", f"s3://acme-models/scores/{number}") for number in (1, 2))
    assert (first, second) == ("1", "2")
    found = server.asked("GET", "mlflow/model-versions/get", params={"name": "scores", "version": "1"})
    tags = {tag["key"]: tag["value"] for tag in found["model_version"]["tags"]}
    assert tags == {"approval": "pending", "data_version": "d1", "evaluation": '{"auc": 0.93}', "pipeline": "fraud"}

    def asked(version: str) -> int:
        return steps.run("approval", "--model", "scores", "--version", version).returncode

    assert asked(first) == 75
    steps.decide("scores", first, "approved")
    steps.decide("scores", second, "rejected")
    assert (asked(first), asked(second)) == (0, 1)


def service(name: str, uri: str) -> dict[str, Any]:
    model = {"modelFormat": {"name": "sklearn"}, "storageUri": uri}
    return {
        "apiVersion": "serving.kserve.io/v1beta1",
        "kind": "InferenceService",
        "metadata": {"name": name},
        "spec": {"predictor": {"model": model}},
    }


@pytest.fixture
def cluster(local_cluster: LocalCloud) -> Iterator[client.ApiClient]:
    api = local_cluster.kubernetes()
    client.CoreV1Api(api).create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=NAMESPACE)))
    yield api
    client.CoreV1Api(api).delete_namespace(NAMESPACE)


def test_an_approved_version_is_served_or_the_one_before_is(
    server: RunningServer, cluster: client.ApiClient, tmp_path: Path
) -> None:
    known = cluster.configuration
    (token,) = (key.removeprefix("Bearer ") for key in known.api_key.values())
    env = {"KUBE_API": known.host, "KUBE_TOKEN": token, "KUBE_CA": known.ssl_ca_cert}
    steps = Steps(server, tmp_path, **env)
    custom: Any = client.CustomObjectsApi(cluster)
    custom.create_namespaced_custom_object(*PLACE, service("fraud", "s3://acme-models/fraud/old"))
    version = steps.register("fraud", "s3://acme-models/fraud/new")

    def deploy() -> subprocess.CompletedProcess[str]:
        return steps.run(
            *("deploy", "--model", "fraud", "--version", version, "--source", "s3://acme-models/fraud/new"),
            *("--namespace", NAMESPACE, "--service", "fraud", "--ready", "0"),
        )

    def served() -> str:
        found = custom.get_namespaced_custom_object(*PLACE, "fraud")
        uri: str = found["spec"]["predictor"]["model"]["storageUri"]
        return uri

    refused = deploy()
    assert (refused.returncode, served()) == (1, "s3://acme-models/fraud/old")
    assert refused.stderr == "fraud was not ready after 0.0 s; s3://acme-models/fraud/old is served again\n"

    ready = {"conditions": [{"type": "Ready", "status": "True"}], "observedGeneration": 99}
    custom.patch_namespaced_custom_object_status(*PLACE, "fraud", {"status": ready})
    assert deploy().returncode == 0
    assert served() == "s3://acme-models/fraud/new"
    alias = server.asked("GET", "mlflow/registered-models/alias", params={"name": "fraud", "alias": "champion"})
    assert alias["model_version"]["version"] == version
