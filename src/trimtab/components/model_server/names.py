"""Names, labels and ports of a served model's objects, which other parts of a platform look for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.kube.ray_pods import WORKER_GROUP
from trimtab.spec.cluster.serving import KServeServing, RayServing

if TYPE_CHECKING:
    from trimtab.spec.cluster.serving import VllmServing
    from trimtab.spec.cluster.serving_ray_pods import RayWorkers

    Spec = KServeServing | VllmServing | RayServing

SERVER = "model-server"
"""Every pod that answers has the label `app.kubernetes.io/component` with this value."""
METRICS_LABEL = "trimtab.dev/metrics-port"
"""Label of pods and services: the name of the port that gives Prometheus metrics, at `METRICS_PATH`."""
METRICS = "metrics"
"""Name of a port that answers Prometheus and nobody else."""
EXPORTER_LABEL = "trimtab.dev/exporter"
"""Label of pods: whose metrics a KServe predictor in mode raw has."""
METRICS_PATH = "trimtab.dev/metrics-path"
DRIFT_LABEL = "trimtab.dev/drift-monitor"
RISK_LABEL = "trimtab.dev/eu-ai-act-risk"
"""Label of whatever serves: its risk class, as AWS' half has it in the tag `EuAiActRisk`."""
REVIEW = "trimtab.dev/human-review"
"""Annotation: the flow definition that people review its answers by."""
REVIEW_VARIABLE = "HUMAN_REVIEW_FLOW_ARN"
"""Where a server's own code finds that flow."""
VLLM_PORT = 8000
PROMETHEUS = "http://prometheus-operated.monitoring.svc:9090"
"""The service that the Prometheus operator puts before every Prometheus, in the namespace `monitoring`."""
OPERATORS = {
    "kserve": ("kserve", "knative-serving", "istio-system"),
    "ray": ("kuberay",),
    "vllm": (),
}
"""Form of serving → namespaces whose pods must reach its own: controllers, and gateways that pass requests on."""


def selector(spec: Spec) -> dict[str, str]:
    """Return the labels that exactly the pods of a served model have."""
    return {"app.kubernetes.io/name": spec.name, "app.kubernetes.io/component": SERVER}


def group_selector(spec: Spec, group: RayWorkers) -> dict[str, str]:
    """Return the labels of one worker group's pods."""
    return {**selector(spec), WORKER_GROUP: group.name}


def account(spec: Spec) -> str:
    """Return the service account of its pods."""
    return f"{spec.name}-server"


def token_secret(spec: Spec) -> str:
    """Return the secret that the External Secrets operator writes the hub's token to."""
    return f"{spec.name}-hub-token"


def facts(spec: Spec) -> dict[str, str]:
    """Return what monitoring and audit read of a served model, as annotations of its objects."""
    known = {
        "trimtab.dev/model-group": spec.model_group,
        "trimtab.dev/service-class": spec.service_class,
        "trimtab.dev/latency-p99-ms": str(spec.latency_p99_ms),
    }
    revision = revision_of(spec)
    if spec.gpu_memory_gib is not None:
        known["trimtab.dev/gpu-memory-gib"] = str(spec.gpu_memory_gib)
    if spec.human_review is not None:
        known[REVIEW] = spec.human_review.flow_arn
    return {**known, "trimtab.dev/model-revision": revision} if revision else known


def review_variables(spec: Spec) -> list[dict[str, str]]:
    """Return the environment of a server whose own code may ask people."""
    return [{"name": REVIEW_VARIABLE, "value": spec.human_review.flow_arn}] if spec.human_review else []


def revision_of(spec: Spec) -> str | None:
    """Return the commits of the hub's models that are served, `OWNER/MODEL@COMMIT`; None where none is the hub's."""
    if isinstance(spec, KServeServing):
        scheme, _, place = (spec.predictor.storage_uri or "").partition("://")
        return place.replace(":", "@") if scheme == "hf" else None
    if isinstance(spec, RayServing):
        found = [f"{app.model.model_id}@{app.model.revision}" for app in spec.llms()]
        return ",".join(found) or None
    return f"{spec.model.model_id}@{spec.model.revision}"
