"""What of a GPU pool can be sized: how many GPUs it may have, and how long an idle one is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.spec.instances import ladder, shape
from trimtab.spec.sizing import SizingField, SizingTemplate

if TYPE_CHECKING:
    from trimtab.spec.cluster.gpu_pool import GpuPool

UNKNOWN_TYPE = "kubernetes"
"""Stands for an instance type where nodes may be of any size of a family."""
WAITS = (1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440)
"""Minutes that a node may be kept idle, as far as the analyser chooses."""
MOST_GPUS = 10_000


def pool_sizing(pool: GpuPool, path: str | None) -> SizingTemplate:
    """Return what of `pool` can be sized, as fields under `path` (None: declared by a program)."""
    at = f"{path}." if path else None
    return SizingTemplate(
        kind="karpenter-gpu-pool",
        instance_type=pool.instance_types[0] if pool.instance_types else UNKNOWN_TYPE,
        count=-(-pool.max_gpus // gpus_per_node(pool)),
        service_class=pool.service_class,
        interruptible=pool.interruptible,
        fields=(
            SizingField(
                name="maxGpus",
                spec_path=at and f"{at}maxGpus",
                unit="gpus",
                current=pool.max_gpus,
                allowed=gpu_steps(pool),
            ),
            SizingField(
                name="consolidation.afterMinutes",
                spec_path=at and f"{at}consolidation.afterMinutes",
                unit="minutes",
                # A node that waits longer is capacity that is kept longer.
                current=pool.consolidation.after_minutes,
                allowed=tuple(sorted({*WAITS, pool.consolidation.after_minutes})),
            ),
            *_types(pool, at),
        ),
    )


def gpus_per_node(pool: GpuPool) -> int:
    """Return the GPUs of a node of the pool's first type; 1 where its shape is not known."""
    known = shape(pool.instance_types[0]) if pool.instance_types else None
    return known.gpus if known and known.gpus else 1


def gpu_steps(pool: GpuPool) -> tuple[int, ...]:
    """Return the limits that may be set: whole nodes, from what the teams are promised to twice the limit of today."""
    node = gpus_per_node(pool)
    units = max((pool.sharing.units(kind) or 1 for kind in pool.instance_types), default=1)
    promised = max(1, -(-pool.queue.guaranteed // units))
    nodes = range(-(-promised // node), min(2 * pool.max_gpus, MOST_GPUS) // node + 1)
    return tuple(sorted({pool.max_gpus, *(count * node for count in nodes)}))


def _types(pool: GpuPool, at: str | None) -> tuple[SizingField, ...]:
    """A pool of one type may have another size of it; of several, Karpenter chooses, and a reservation is for one."""
    if len(pool.instance_types) != 1 or pool.reservation_ids:
        return ()
    (only,) = pool.instance_types
    return (
        SizingField(
            name="instanceTypes[0]",
            spec_path=at and f"{at}instanceTypes[0]",
            unit="instanceType",
            current=only,
            allowed=ladder(only),
        ),
    )
