"""What advice is about: each machine alone, the members of a fleet together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds.base import Shape
from trimtab.cost.kinds.gpu_replica import GPU_REPLICA
from trimtab.cost.kinds.gpu_training_pool import GPU_TRAINING_POOL
from trimtab.cost.kinds.karpenter_gpu_pool import KARPENTER_GPU_POOL
from trimtab.cost.kinds.kserve_replicas import KSERVE_REPLICAS
from trimtab.cost.kinds.kubernetes_workload import KUBERNETES_WORKLOAD
from trimtab.cost.kinds.machine import MACHINE
from trimtab.cost.kinds.sagemaker_endpoint import SAGEMAKER_ENDPOINT
from trimtab.cost.kinds.sagemaker_inference_component import SAGEMAKER_INFERENCE_COMPONENT
from trimtab.cost.model import Subject
from trimtab.cost.model.reduced import Group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.kinds.base import Kind
    from trimtab.cost.model import Resource

KINDS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        MACHINE,
        GPU_REPLICA,
        GPU_TRAINING_POOL,
        SAGEMAKER_ENDPOINT,
        SAGEMAKER_INFERENCE_COMPONENT,
        KUBERNETES_WORKLOAD,
        KARPENTER_GPU_POOL,
        KSERVE_REPLICAS,
    )
}
"""The registry of what can be sized, listed by hand."""

REQUESTING = frozenset(kind.id for kind in KINDS.values() if kind.share is not None)
"""Kinds that are a part of a node: what they request is what they cost."""


def billed_units(resource: Resource) -> float | None:
    """Return the units that are paid for on average; None where only their limit is known, which is not a bill.

    Nodes that come when pods ask for them cost what ran: a pool of which nothing was measured may have cost nothing.
    """
    comes_by_itself = not KINDS[resource.kind].scaling.floor
    return None if comes_by_itself and resource.running is None else resource.paid_units


def groups(resources: Iterable[Resource]) -> tuple[Group, ...]:
    """Gather resources into subjects, in their order.

    A machine is always its own subject. A resource of a fleet kind without a fleet's name (an endpoint, an auto
    scaling group) is a fleet by itself and keeps its own name.
    """
    gathered: dict[tuple[str, str], list[Resource]] = {}
    for resource in resources:
        together = resource.fleet and KINDS[resource.kind].shape is Shape.FLEET
        key = ("fleet", resource.fleet) if together else ("resource", resource.resource_id)
        gathered.setdefault(key, []).append(resource)
    return tuple(
        Group(Subject(fleet=name) if what == "fleet" else Subject(resource_id=name), tuple(members))
        for (what, name), members in gathered.items()
    )
