"""Pods as every component declares them: nobody's root, on the nodes they asked for, spread over zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.spec.cluster.serving_gpu import WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.spec.cluster.pods import Pods
    from trimtab.spec.cluster.serving_base import ZoneSpread

POOL_LABEL = "karpenter.sh/nodepool"
"""Karpenter's own label of a node."""
POOL_TAINT = "trimtab.dev/pool"
"""What keeps other pods off the nodes of a GPU pool."""
TYPE_LABEL = "node.kubernetes.io/instance-type"
ZONE_LABEL = "topology.kubernetes.io/zone"


def container_security() -> dict[str, Any]:
    """Return a container's security context: Pod Security's level `restricted`, and a root that cannot be written."""
    return {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "runAsNonRoot": True,
        "capabilities": {"drop": ["ALL"]},
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def pod_security(*, user: int, group: int) -> dict[str, Any]:
    """Return a pod's security context; its volumes belong to `group`."""
    return {
        "runAsNonRoot": True,
        "runAsUser": user,
        "runAsGroup": group,
        "fsGroup": group,
        # A cache of a hundred thousand files is not walked each time that a pod starts.
        "fsGroupChangePolicy": "OnRootMismatch",
        "seccompProfile": {"type": "RuntimeDefault"},
    }


def placement(pods: Pods) -> dict[str, Any]:
    """Return the node selector and the tolerations of pods, without what is empty."""
    selector = {
        **({POOL_LABEL: pods.pool} if pods.pool else {}),
        **({TYPE_LABEL: pods.instance_type} if pods.instance_type else {}),
    }
    tolerations = [
        *([{"key": WHOLE, "operator": "Exists", "effect": "NoSchedule"}] if pods.gpu else []),
        *([{"key": POOL_TAINT, "operator": "Equal", "value": pods.pool, "effect": "NoSchedule"}] if pods.pool else []),
    ]
    return {
        **({"nodeSelector": selector} if selector else {}),
        **({"tolerations": tolerations} if tolerations else {}),
    }


def zone_spread(labels: Mapping[str, str], how: ZoneSpread) -> dict[str, Any]:
    """Return the constraint that spreads pods with `labels` over zones; empty where they need not be."""
    if how == "none":
        return {}
    constraint = {
        "maxSkew": 1,
        "topologyKey": ZONE_LABEL,
        "whenUnsatisfiable": "DoNotSchedule" if how == "required" else "ScheduleAnyway",
        "labelSelector": {"matchLabels": dict(labels)},
    }
    return {"topologySpreadConstraints": [constraint]}


def room(name: str, *, gib: int) -> dict[str, Any]:
    """Return a volume on the node's disk that goes with the pod, `gib` GiB at most."""
    return {"name": name, "emptyDir": {"sizeLimit": f"{gib}Gi"}}


def shared_memory(name: str, *, mib: int) -> dict[str, Any]:
    """Return a volume in memory for `/dev/shm`; without it a container gets 64 MiB."""
    return {"name": name, "emptyDir": {"medium": "Memory", "sizeLimit": f"{mib}Mi"}}
