"""A single instance, sized in halves of its capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds.base import CloudMetric, CloudType, Demand, Kind, PromQuery, Shape
from trimtab.cost.kinds.edits import set_instance_type
from trimtab.cost.model import MachineTarget, Resource, SpecEdit

if TYPE_CHECKING:
    from trimtab.cost.model import Target


def _edits(resource: Resource, target: Target) -> tuple[SpecEdit, ...]:
    return set_instance_type(resource, target.capacity_fraction) if isinstance(target, MachineTarget) else ()


MACHINE = Kind(
    id="machine",
    title="Single instance",
    shape=Shape.MACHINE,
    unit="instances",
    demands=(
        # Hypervisors report up to about 126 % of what was provisioned (turbo clocks, overcommitted hosts);
        # 200 % would be twice the machine and is a meter of another unit (percent of one core).
        Demand(
            "cpu_utilization_percent",
            full=100,
            ceiling=200,
            cloud=CloudMetric("AWS/EC2", "CPUUtilization", "InstanceId"),
            prometheus=PromQuery(
                '100 * (1 - avg(rate(node_cpu_seconds_total{mode="idle",instance="$instance"}[$window])))',
                identity="instance",
            ),
        ),
        # Memory is counted in pages of the machine itself: above 100 % only by rounding.
        Demand(
            "memory_utilization_percent",
            full=100,
            ceiling=110,
            saturates=True,
            cloud=CloudMetric("CWAgent", "mem_used_percent", "InstanceId"),
            prometheus=PromQuery(
                '100 * (1 - avg(min_over_time(node_memory_MemAvailable_bytes{instance="$instance"}[$window]))'
                ' / avg(node_memory_MemTotal_bytes{instance="$instance"}))',
                identity="instance",
            ),
        ),
    ),
    service="ec2",
    never_cross="CPU and memory must both fit: halving an instance halves both.",
    edits=_edits,
    cloud_types={
        "aws:ec2/instance:Instance": CloudType(identity="id", instance_type="instanceType"),
        "aws:sagemaker/notebookInstance:NotebookInstance": CloudType(identity="name", instance_type="instanceType"),
    },
)
