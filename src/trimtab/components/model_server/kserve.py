"""An InferenceService: its predictor, its mode, what it scales by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.kube.pods import container_security, placement, pod_security, room, zone_spread
from trimtab.components.model_server.names import METRICS, account, review_variables, selector
from trimtab.components.model_server.scaling import number
from trimtab.spec.cluster.serving_kserve import RuntimePredictor
from trimtab.spec.cluster.serving_scaling import CpuScaling, PrometheusScaling, RequestScaling

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

    from trimtab.spec.cluster.serving import KServeServing
    from trimtab.spec.cluster.serving_kserve import ContainerPredictor
    from trimtab.spec.cluster.serving_scaling import KServeScaling

CONTAINER = "kserve-container"
"""KServe finds the server's container by this name."""
USER = 1000
SCRATCH_GIB = 10
START_MINUTES = 15
MODES = {"serverless": "Knative", "raw": "Standard"}
"""KServe's names since 0.16 of what it called Serverless and RawDeployment."""
_SCALERS = {CpuScaling: "hpa", PrometheusScaling: "keda"}


def mode_annotations(spec: KServeServing) -> dict[str, str]:
    """Return the annotations that choose mode and autoscaler."""
    mode = {"serving.kserve.io/deploymentMode": MODES[spec.mode]}
    if spec.mode == "serverless":
        return mode
    return {**mode, "serving.kserve.io/autoscalerClass": _SCALERS[type(spec.scaling)] if spec.scaling else "none"}


def scales_by(scaling: KServeScaling | None, prometheus: pulumi.Input[str]) -> dict[str, Any]:
    """Return the predictor's fields that say what its number of replicas follows."""
    if isinstance(scaling, RequestScaling):
        return {"scaleMetric": scaling.metric, "scaleTarget": scaling.target}
    if isinstance(scaling, CpuScaling):
        return {"scaleMetric": "cpu", "scaleTarget": scaling.target_percent}
    if isinstance(scaling, PrometheusScaling):
        metric = {"backend": "prometheus", "serverAddress": prometheus, "query": scaling.query}
        target = {"type": "Value", "value": number(scaling.threshold)}
        return {"autoScaling": {"metrics": [{"type": "External", "external": {"metric": metric, "target": target}}]}}
    return {}


def _server(spec: KServeServing) -> dict[str, Any]:
    """What the container of either predictor has."""
    return {
        "name": CONTAINER,
        "image": spec.image,
        "ports": _ports(spec.predictor),
        "resources": spec.kubernetes_resources(),
        "securityContext": container_security(),
        "volumeMounts": [{"name": "scratch", "mountPath": "/tmp"}],  # noqa: S108  a volume of the pod
    }


def _ports(predictor: ContainerPredictor | RuntimePredictor) -> list[dict[str, Any]]:
    """KServe sends requests to the first one."""
    ports = {"http1": predictor.port, METRICS: predictor.metrics_port}
    return [{"name": name, "containerPort": port, "protocol": "TCP"} for name, port in ports.items() if port]


def _own_container(spec: KServeServing, predictor: ContainerPredictor) -> dict[str, Any]:
    health = {"httpGet": {"path": predictor.health_path, "port": predictor.port}, "timeoutSeconds": 5}
    stored = [{"name": "STORAGE_URI", "value": predictor.storage_uri}] if predictor.storage_uri else []
    return {
        **_server(spec),
        "args": list(predictor.args),
        "env": [*stored, *review_variables(spec), {"name": "HOME", "value": "/tmp"}],  # noqa: S108  a volume of the pod
        "startupProbe": {**health, "periodSeconds": 5, "failureThreshold": START_MINUTES * 12},
        "readinessProbe": {**health, "periodSeconds": 5, "failureThreshold": 3},
        "livenessProbe": {**health, "periodSeconds": 10, "failureThreshold": 6},
    }


def _writes(predictor: RuntimePredictor) -> dict[str, Any]:
    """MLServer's workers share their counts in a folder of the working directory, which cannot be written here."""
    if predictor.metrics != "mlserver":
        return {}
    return {"env": [{"name": "MLSERVER_METRICS_DIR", "value": "/tmp/metrics"}]}  # noqa: S108  a volume of the pod


def _runtime_model(spec: KServeServing, predictor: RuntimePredictor) -> dict[str, Any]:
    version = {"version": predictor.format_version} if predictor.format_version else {}
    return {
        **_server(spec),
        **_writes(predictor),
        "modelFormat": {"name": predictor.model_format, **version},
        "protocolVersion": predictor.protocol,
        "storageUri": predictor.storage_uri,
        **({"runtime": predictor.runtime} if predictor.runtime else {}),
        # The runtime brings its own readiness; whether the process lives at all is the port's to say.
        "livenessProbe": {"tcpSocket": {"port": predictor.port}, "initialDelaySeconds": 30, "failureThreshold": 6},
    }


def predictor(
    spec: KServeServing,
    pod_labels: Mapping[str, str],
    pod_annotations: Mapping[str, str],
    prometheus: pulumi.Input[str],
) -> dict[str, Any]:
    """Return the InferenceService's `spec.predictor`."""
    chosen = spec.predictor
    served: dict[str, Any] = (
        {"model": _runtime_model(spec, chosen)}
        if isinstance(chosen, RuntimePredictor)
        else {"containers": [_own_container(spec, chosen)]}
    )
    canary = spec.canary_traffic_percent
    return {
        "minReplicas": spec.min_replicas,
        "maxReplicas": spec.max_replicas,
        "timeout": spec.timeout_seconds,
        **({} if canary is None else {"canaryTrafficPercent": canary}),
        **scales_by(spec.scaling, prometheus),
        "labels": dict(pod_labels),
        "annotations": dict(pod_annotations),
        "serviceAccountName": account(spec),
        "automountServiceAccountToken": False,
        "securityContext": pod_security(user=USER, group=USER),
        "volumes": [room("scratch", gib=SCRATCH_GIB)],
        **placement(spec),
        **zone_spread(selector(spec), spec.spread_over_zones),
        **served,
    }
