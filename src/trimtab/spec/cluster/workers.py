"""Nodes for everything that needs no GPU: a Karpenter pool of ordinary instances."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.disruption import Consolidation, DisruptionBudget
from trimtab.spec.cluster.gpu_pool import CapacityType, InstanceFamily, NodeImage
from trimtab.spec.units import EachOnce, GiB


class Workers(SpecModel):
    """The cluster's general pool: pods that name no pool of their own run here, and on the system nodes.

    The system nodes are as many as they are; servers, pipelines and jobs without a GPU would fill them.
    """

    instance_families: Annotated[tuple[InstanceFamily, ...], Field(min_length=1, max_length=20), EachOnce] = (
        "m7i",
        "m7a",
        "c7i",
        "r7i",
    )
    """Families whose sizes from large on may be taken; all of the machine images' architecture, x86-64."""
    capacity_types: Annotated[tuple[CapacityType, ...], Field(min_length=1), EachOnce] = ("on-demand",)
    """How nodes are bought; `spot` only where every pod bears two minutes' notice."""
    max_vcpus: Annotated[int, Field(ge=4, le=1_000_000)] = 256
    """vCPUs of all its nodes at most: what the bill is bounded by."""
    max_memory_gib: Annotated[int, Field(ge=8, le=10_000_000)] = 1024
    consolidation: Consolidation = Consolidation(policy="WhenEmptyOrUnderutilized")
    expire_after_hours: Annotated[int, Field(ge=1, le=8760)] | None = 720
    """When a node is replaced, for a fresh machine image; null: never."""
    disruption_budgets: Annotated[tuple[DisruptionBudget, ...], Field(max_length=50)] = ()
    """Absent: a tenth of the nodes at once."""
    disk_gib: GiB = 100
    image_alias: NodeImage = "al2023@v20251103"
