"""Who may reach a served model's pods, and where those may reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.kube.ray_pods import DASHBOARD, METRICS, SERVE
from trimtab.components.kube.traffic import namespaces, pods, policy, tcp, to_names, to_pod_identity, to_web
from trimtab.components.model_server.names import OPERATORS, VLLM_PORT, selector
from trimtab.spec.cluster.serving import KServeServing, RayServing

if TYPE_CHECKING:
    from trimtab.components.model_server.args import ModelServerArgs
    from trimtab.components.model_server.names import Spec

MONITORING = "monitoring"
KNATIVE_PROXY = (8012, 8013, 8022, 9090, 9091)
"""Ports of Knative's queue proxy: requests, health, and the metrics that the activator scales by."""


def network_policy(args: ModelServerArgs) -> dict[str, Any]:
    """Return the `spec` of the pods' NetworkPolicy."""
    spec = args["spec"]
    among = [pods(selector(spec))] if isinstance(spec, RayServing) else []
    ingress: list[dict[str, Any]] = [
        {"from": [pods(), *namespaces(*spec.callers)], "ports": tcp(*request_ports(spec))},
        {"from": namespaces(args.get("monitoring_namespace", MONITORING)), "ports": tcp(*metric_ports(spec))},
        *({"from": [peer]} for peer in among),
    ]
    systems = args.get("system_namespaces", OPERATORS[spec.form])
    if systems:
        ingress.append({"from": namespaces(*systems), "ports": tcp(*system_ports(spec))})
    identity = [to_pod_identity()] if "cluster_name" in args else []
    return policy(
        selector(spec), ingress=ingress, egress=[to_names(), to_web(), *identity, *({"to": [peer]} for peer in among)]
    )


def request_ports(spec: Spec) -> tuple[int, ...]:
    """Return the ports that callers speak to."""
    if isinstance(spec, KServeServing):
        return (spec.predictor.port, *(KNATIVE_PROXY[:2] if spec.mode == "serverless" else ()))
    return (SERVE,) if isinstance(spec, RayServing) else (VLLM_PORT,)


def metric_ports(spec: Spec) -> tuple[int, ...]:
    """Return the ports that Prometheus scrapes."""
    if isinstance(spec, KServeServing):
        own = spec.predictor.metrics_port or spec.predictor.port
        return (own, *(KNATIVE_PROXY[-2:] if spec.mode == "serverless" else ()))
    return (METRICS,) if isinstance(spec, RayServing) else (VLLM_PORT,)


def system_ports(spec: Spec) -> tuple[int, ...]:
    """Return the ports that controllers and gateways speak to."""
    if isinstance(spec, KServeServing):
        return (spec.predictor.port, *(KNATIVE_PROXY if spec.mode == "serverless" else ()))
    return (SERVE, DASHBOARD) if isinstance(spec, RayServing) else (VLLM_PORT,)
