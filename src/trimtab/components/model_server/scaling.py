"""What adds and takes away replicas: a HorizontalPodAutoscaler, or KEDA over a Prometheus query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pulumi

    from trimtab.spec.cluster.pods import Replicas
    from trimtab.spec.cluster.serving_scaling import CpuScaling, PrometheusScaling

POLL_SECONDS = 15
"""How often KEDA asks; the Prometheus operator scrapes every 30 s by default, a burst is seen at the next."""
SETTLE_SECONDS = 300
"""How long the highest wanted count of the past holds, so that a replica with a warm cache is not lost to a lull."""


def behavior() -> dict[str, Any]:
    """Return how fast replicas come and go: up at once, down one by one."""
    return {
        "scaleUp": {"stabilizationWindowSeconds": 0},
        "scaleDown": {
            "stabilizationWindowSeconds": SETTLE_SECONDS,
            "policies": [{"type": "Pods", "value": 1, "periodSeconds": 60}],
        },
    }


def pod_autoscaler(pods: Replicas, scaling: CpuScaling, target: dict[str, Any]) -> dict[str, Any]:
    """Return a HorizontalPodAutoscaler's `spec`."""
    utilization = {"type": "Utilization", "averageUtilization": scaling.target_percent}
    return {
        "scaleTargetRef": target,
        "minReplicas": pods.min_replicas,
        "maxReplicas": pods.max_replicas,
        "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": utilization}}],
        "behavior": behavior(),
    }


def scaled_object(
    pods: Replicas, scaling: PrometheusScaling, target: dict[str, Any], prometheus: pulumi.Input[str]
) -> dict[str, Any]:
    """Return a ScaledObject's `spec`.

    While Prometheus does not answer, the number of replicas stays what it is.
    """
    return {
        "scaleTargetRef": target,
        "minReplicaCount": pods.min_replicas,
        "maxReplicaCount": pods.max_replicas,
        "pollingInterval": POLL_SECONDS,
        "cooldownPeriod": scaling.cooldown_seconds,
        "fallback": {"failureThreshold": 3, "replicas": max(1, pods.min_replicas), "behavior": "currentReplicas"},
        "advanced": {"horizontalPodAutoscalerConfig": {"behavior": behavior()}},
        "triggers": [
            {
                "type": "prometheus",
                "metadata": {
                    "serverAddress": prometheus,
                    "query": scaling.query,
                    "threshold": number(scaling.threshold),
                    "activationThreshold": number(scaling.activation_threshold),
                },
            }
        ],
    }


def number(value: float) -> str:
    """Return a number as KEDA's metadata hold it: text, whole where it is whole."""
    return str(int(value)) if value == int(value) else str(value)
