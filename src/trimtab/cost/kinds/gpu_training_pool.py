"""GPU capacity for training: an auto scaling group."""

from __future__ import annotations

from trimtab.cost.kinds.base import CloudMetric, CloudType, Demand, InService, Kind, Shape
from trimtab.cost.kinds.fleet_edits import fleet_edits

GPU_TRAINING_POOL = Kind(
    id="gpu-training-pool",
    title="GPU training pool",
    shape=Shape.FLEET,
    unit="nodes",
    demands=(
        # Allocated is what a queued job needs, busy or not: it comes before utilisation.
        Demand("gpu_allocation_percent", full=100, ceiling=100.5, saturates=True),
        Demand(
            "gpu_utilization_percent",
            full=100,
            ceiling=100.5,
            saturates=True,
            cloud=CloudMetric("CWAgent", "nvidia_smi_utilization_gpu", "AutoScalingGroupName"),
        ),
        Demand(
            "cpu_utilization_percent",
            full=100,
            ceiling=200,
            saturates=True,
            cloud=CloudMetric("AWS/EC2", "CPUUtilization", "AutoScalingGroupName"),
        ),
    ),
    service="ec2",
    never_cross="A multi-node job needs all of its nodes at once: never below the largest demand in the budget.",
    edits=fleet_edits,
    cloud_types={
        "aws:autoscaling/group:Group": CloudType(identity="name", count="maxSize"),
    },
    in_service=InService(total=CloudMetric("AWS/AutoScaling", "GroupInServiceInstances", "AutoScalingGroupName")),
)
