"""A Karpenter NodePool of GPU nodes: nodes come when pods ask for GPUs and go a while after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds.base import Demand, Kind, PromQuery, Scaling, Shape
from trimtab.cost.kinds.edits import set_units
from trimtab.cost.model import FleetTarget
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    from trimtab.cost.model import Resource, SpecEdit, Target

_OF_POOL = 'nodepool="$nodepool",resource_type="nvidia.com/gpu"'


def _edits(resource: Resource, target: Target) -> tuple[SpecEdit, ...]:
    """Set the limit (in GPUs or nodes) and how long an empty node is kept."""
    if not isinstance(target, FleetTarget):
        return ()
    plan, holds = target.replicas, shape(resource.instance_type)
    wanted: dict[str, float] = {"nodes": plan.max}
    if holds is not None and holds.gpus:
        wanted["gpus"] = plan.max * holds.gpus
    if plan.autoscale:
        wanted["minutes"] = plan.autoscale.scale_down_after_minutes
    return set_units(resource, wanted)


KARPENTER_GPU_POOL = Kind(
    id="karpenter-gpu-pool",
    title="Karpenter GPU pool",
    shape=Shape.FLEET,
    unit="nodes",
    demands=(
        # What pods asked for, busy or not: Karpenter buys nodes for requests. A node that no pod asks a GPU of has no
        # such series at all; that it is there says that nothing was asked for.
        Demand(
            "gpu_allocation_percent",
            full=100,
            ceiling=100.5,
            saturates=True,
            prometheus=PromQuery(
                f"100 * sum(karpenter_nodes_total_pod_requests{{{_OF_POOL}}}) / ($gpus * $units)"
                f" or sum(karpenter_nodes_allocatable{{{_OF_POOL}}}) * 0",
                identity="nodepool",
            ),
        ),
        Demand("gpu_utilization_percent", full=100, ceiling=100.5, saturates=True),
    ),
    service="ec2",
    never_cross="The limit never below the most GPUs that pods asked for at once: what is over it waits for ever.",
    edits=_edits,
    # While no node is there, the pool's limit, which Karpenter always shows, tells none from nothing being measured.
    running=PromQuery(
        f"sum(karpenter_nodes_allocatable{{{_OF_POOL}}}) / $gpus"
        ' or sum(karpenter_nodepools_limit{nodepool="$nodepool"}) * 0',
        identity="nodepool",
    ),
    # Karpenter holds no idle node and fills each one: it can only be told how long to wait, and how much is too much.
    scaling=Scaling(targets=(100,), floor=False),
)
