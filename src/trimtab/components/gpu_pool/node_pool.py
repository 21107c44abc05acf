"""The NodePool: which nodes there may be, how many, and when they go.

Fields: https://karpenter.sh/docs/concepts/nodepools/ (karpenter.sh/v1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.spec.cluster.gpu_pool_rules import GPU_TAINT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.spec.cluster.disruption import DisruptionBudget
    from trimtab.spec.cluster.gpu_pool import GpuPool
    from trimtab.spec.cluster.workers import Workers

NODEPOOL_LABEL = "karpenter.sh/nodepool"
TYPE_LABEL = "node.kubernetes.io/instance-type"
SHARING_LABEL = {"time-slicing": "nvidia.com/device-plugin.config", "mig": "nvidia.com/mig.config"}
"""Sharing → the node label by which NVIDIA's device plugin or MIG manager chooses a named profile."""


def node_pool(spec: GpuPool, node_class: str, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the NodePool's spec.

    Args:
        spec: the pool.
        node_class: name of its EC2NodeClass.
        labels: of the nodes, beside the one that chooses how their GPUs are shared.
    """
    return {
        "template": {
            "metadata": {"labels": {**labels, **sharing_label(spec)}},
            "spec": {
                "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": node_class},
                "requirements": requirements(spec),
                "taints": taints(spec),
                "expireAfter": hours(spec.expire_after_hours) or "Never",
                **({"terminationGracePeriod": hours(spec.drain_hours)} if spec.drain_hours else {}),
            },
        },
        "limits": limits(spec),
        "disruption": disruption(spec),
    }


def disruption(spec: GpuPool | Workers) -> dict[str, Any]:
    """Return when nodes go, and how many at once."""
    return {
        "consolidationPolicy": spec.consolidation.policy,
        "consolidateAfter": f"{spec.consolidation.after_minutes}m",
        "budgets": [_budget(item) for item in spec.disruption_budgets] or [{"nodes": "10%"}],
    }


def sharing_label(spec: GpuPool) -> dict[str, str]:
    """Return the label that chooses the profile of the nodes' GPUs; none where they are handed out whole."""
    profile = spec.sharing.profile
    return {SHARING_LABEL[spec.sharing.type]: profile} if profile else {}


def requirements(spec: GpuPool) -> list[dict[str, Any]]:
    """Return what a node must be."""
    if spec.instance_types:
        shapes = [one_of(TYPE_LABEL, spec.instance_types)]
    else:
        shapes = [
            one_of("karpenter.k8s.aws/instance-family", spec.instance_families),
            # Some sizes and families have no GPU, or another maker's.
            one_of("karpenter.k8s.aws/instance-gpu-manufacturer", ("nvidia",)),
        ]
    return [
        *shapes,
        one_of("karpenter.sh/capacity-type", spec.capacity_types),
        one_of("kubernetes.io/os", ("linux",)),
    ]


def taints(spec: GpuPool) -> list[dict[str, str]]:
    """Return the taints of the nodes: a pod that needs no GPU must never keep one alive."""
    own = [{"key": taint.key, "value": taint.value, "effect": taint.effect} for taint in spec.taints]
    return [{"key": GPU_TAINT, "value": "present", "effect": "NoSchedule"}, *own]


def tolerations(spec: GpuPool) -> list[dict[str, str]]:
    """Return what a pod needs to be let onto the nodes."""
    own = [{"key": taint.key, "operator": "Exists", "effect": taint.effect} for taint in spec.taints]
    return [{"key": GPU_TAINT, "operator": "Exists", "effect": "NoSchedule"}, *own]


def limits(spec: GpuPool) -> dict[str, str]:
    """Return what all nodes together may have."""
    most = {"nvidia.com/gpu": str(spec.max_gpus)}
    if spec.max_vcpus:
        most["cpu"] = str(spec.max_vcpus)
    if spec.max_memory_gib:
        most["memory"] = f"{spec.max_memory_gib}Gi"
    return most


def one_of(key: str, values: tuple[str, ...]) -> dict[str, Any]:
    """Return the requirement that a node's label has one of `values`."""
    return {"key": key, "operator": "In", "values": list(values)}


def hours(count: int | None) -> str | None:
    """Return a duration as Karpenter writes it."""
    return None if count is None else f"{count}h"


def _budget(item: DisruptionBudget) -> dict[str, Any]:
    window = {"schedule": item.schedule, "duration": f"{item.duration_minutes}m"} if item.schedule else {}
    return {"nodes": item.nodes, **window, **({"reasons": list(item.reasons)} if item.reasons else {})}
