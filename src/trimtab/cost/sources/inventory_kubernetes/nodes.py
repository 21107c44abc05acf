"""On which type of node each workload runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trimtab.cost.sources.inventory_kubernetes.listing import listed

if TYPE_CHECKING:
    from kubernetes.client import CoreV1Api

_TYPE, _REGION = "node.kubernetes.io/instance-type", "topology.kubernetes.io/region"
_HASH = "pod-template-hash"

Workload = tuple[str, str, str]
"""Namespace, kind, name."""


@dataclass(frozen=True)
class Places:
    """Instance type and region of the nodes that hold most pods of each workload."""

    most: dict[Workload, tuple[str, str]] = field(default_factory=dict)

    def of(self, workload: Workload) -> tuple[str, str]:
        """Return instance type and region; empty where no pod of it runs, or its node does not say."""
        return self.most.get(workload, ("", ""))


def places(core: CoreV1Api) -> Places:
    """Read nodes and pods."""
    nodes = {node.metadata.name: node.metadata.labels or {} for node in listed(core.list_node)}
    seen: defaultdict[Workload, Counter[tuple[str, str]]] = defaultdict(Counter)
    for pod in listed(core.list_pod_for_all_namespaces):
        workload, labels = _workload(pod), nodes.get(pod.spec.node_name or "")
        if workload is not None and labels is not None:
            seen[workload][labels.get(_TYPE, ""), labels.get(_REGION, "")] += 1
    return Places({workload: counted.most_common(1)[0][0] for workload, counted in seen.items()})


def _workload(pod: Any) -> Workload | None:
    """Return what controls a pod; a Deployment's pods belong to a ReplicaSet that is named after it and their hash."""
    owner = next((one for one in pod.metadata.owner_references or () if one.controller), None)
    if owner is None:
        return None
    template = (pod.metadata.labels or {}).get(_HASH)
    if owner.kind == "ReplicaSet" and template:
        return (pod.metadata.namespace, "Deployment", owner.name.removesuffix(f"-{template}"))
    return (pod.metadata.namespace, owner.kind, owner.name)
