"""Karpenter NodePools of GPU nodes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from trimtab.cost.model import Owner, Resource
from trimtab.cost.sources.inventory_kubernetes.listing import custom, quantity
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kubernetes.client import CustomObjectsApi

_GPU = "nvidia.com/gpu"
_TYPE = "node.kubernetes.io/instance-type"
_CAPACITY = "karpenter.sh/capacity-type"


def pools(objects: CustomObjectsApi) -> Iterator[Resource]:
    """Yield every NodePool with a limit on GPUs; of the others nothing says how many nodes there may be."""
    for one in custom(objects, "karpenter.sh", "v1", "nodepools"):
        limit = one["spec"].get("limits", {}).get(_GPU)
        if limit is not None:
            yield _pool(one["metadata"], one["spec"], quantity(str(limit)))


def _pool(metadata: dict[str, Any], spec: dict[str, Any], gpus: float) -> Resource:
    asked = {one["key"]: one.get("values", []) for one in spec["template"]["spec"].get("requirements", [])}
    instance_type = next(iter(asked.get(_TYPE, [])), "")
    node = shape(instance_type)
    labels = metadata.get("labels", {})
    return Resource(
        resource_id=f"NodePool/{metadata['name']}",
        kind="karpenter-gpu-pool",
        instance_type=instance_type,
        count=math.ceil(gpus / (node.gpus if node and node.gpus else 1)),
        interruptible=asked.get(_CAPACITY) == ["spot"],
        owner=Owner(team=labels.get("team", ""), environment=labels.get("environment", "")),
        component=metadata["name"],
        dimensions={"nodepool": metadata["name"]},
    )
