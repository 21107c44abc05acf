"""Interchangeable GPU serving replicas of a fleet."""

from __future__ import annotations

from trimtab.cost.kinds.base import Demand, Kind, PromQuery, Shape
from trimtab.cost.kinds.fleet_edits import fleet_edits

# A member may stand for a group of GPUs (a node, a client): percent of one GPU then adds up. A hundred GPUs'
# worth in one member is beyond any machine sold; above it the value is in another unit.
MEMBER_CEILING_PERCENT = 10_000

GPU_REPLICA = Kind(
    id="gpu-replica",
    title="GPU serving replica",
    shape=Shape.FLEET,
    unit="replicas",
    demands=(
        Demand(
            "gpu_utilization_percent",
            full=100,
            ceiling=MEMBER_CEILING_PERCENT,
            prometheus=PromQuery(
                'sum(avg_over_time(DCGM_FI_DEV_GPU_UTIL{pod="$pod"}[$window])) / $gpus'
                ' or sum(avg_over_time(DCGM_FI_DEV_GPU_UTIL{exported_pod="$pod"}[$window])) / $gpus',
                identity="pod",
            ),
        ),
        # What one replica can serve is the user's `unit_capacity`, or what today's replicas were seen to carry.
        Demand("requests_per_second", full=None, ceiling=1e9),
        Demand("cpu_utilization_percent", full=100, ceiling=MEMBER_CEILING_PERCENT),
    ),
    service="ec2",
    never_cross="A replica holds the whole model in its GPU memory: replicas are counted, never made smaller.",
    edits=fleet_edits,
)
