"""Who may reach training pods: each other, the operator that starts Ray's jobs, and monitoring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.kube.ray_pods import CLIENT, DASHBOARD, METRICS, SERVE
from trimtab.components.kube.traffic import namespaces, pods, policy, tcp, to_names, to_pod_identity, to_web
from trimtab.components.training_runtimes.names import selector

if TYPE_CHECKING:
    from trimtab.components.training_runtimes.args import TrainingRuntimesArgs

MONITORING = "monitoring"
OPERATORS = ("kuberay",)


def network_policy(args: TrainingRuntimesArgs) -> dict[str, Any]:
    """Return the `spec` of the training pods' NetworkPolicy."""
    among = pods(selector())
    identity = [to_pod_identity()] if "cluster_name" in args else []
    return policy(
        selector(),
        ingress=[
            {"from": [among]},
            # Notebooks of the same namespace are Ray's clients.
            {"from": [pods()], "ports": tcp(CLIENT, DASHBOARD)},
            {"from": namespaces(*args.get("system_namespaces", OPERATORS)), "ports": tcp(DASHBOARD, SERVE)},
            {"from": namespaces(args.get("monitoring_namespace", MONITORING)), "ports": tcp(METRICS)},
        ],
        egress=[{"to": [among]}, to_names(), to_web(), *identity],
    )
