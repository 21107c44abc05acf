"""Two places at once: each resource is asked for where its kind is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.kinds import KINDS
from trimtab.cost.sources.port import Samples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from trimtab.cost.model import Resource
    from trimtab.cost.sources.port import UsageSource


def in_cloudwatch(resource: Resource) -> bool:
    """Whether CloudWatch keeps a metric of its kind."""
    return any(demand.cloud is not None for demand in KINDS[resource.kind].demands)


@dataclass(frozen=True)
class CloudAndCluster:
    """What AWS runs is read from CloudWatch, what a cluster runs from Prometheus."""

    cloud: UsageSource
    cluster: UsageSource

    def samples(self, resources: Sequence[Resource], until: datetime | None) -> Samples:
        """Read both; a place that nothing is to be asked of is not asked.

        Raises:
            WorldError: one of them cannot be reached: half of the samples would be read as idle resources.
        """
        parts = (
            (self.cloud, [one for one in resources if in_cloudwatch(one)]),
            (self.cluster, [one for one in resources if not in_cloudwatch(one)]),
        )
        read = [source.samples(own, until) for source, own in parts if own]
        if not read:
            return self.cloud.samples((), until)
        table = read[0].table
        for more in read[1:]:
            table = table.union(more.table)
        return Samples(
            table,
            " and ".join(one.origin for one in read),
            tuple(defect for one in read for defect in one.defects),
            {name: units for one in read for name, units in one.running.items()},
            {name: work for one in read for name, work in one.full_invocations.items()},
        )
