"""What of a resource is looked at where: AWS tells of its own services, Prometheus of what runs in a cluster."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.apply.watch.cloud import CloudEyes
from trimtab.cost.apply.watch.cluster import ClusterEyes
from trimtab.cost.kinds import KINDS
from trimtab.cost.sources.prometheus.access import URL, Access
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from datetime import datetime

    from trimtab.cost.apply.watch.port import Count, Eyes, Load, Units, Waits
    from trimtab.cost.model import Resource


@dataclass(frozen=True)
class BothEyes:
    """Asks the one that knows a kind.

    Attributes:
        cluster: None where no Prometheus is named.
    """

    cloud: Eyes
    cluster: Eyes | None

    def alarms(self, resource: Resource) -> tuple[str, ...]:
        return self._of(resource).alarms(resource)

    def loads(self, resource: Resource, since: datetime, until: datetime) -> tuple[Load, ...]:
        return self._of(resource).loads(resource, since, until)

    def errors(self, resource: Resource, since: datetime, until: datetime) -> Count | None:
        return self._of(resource).errors(resource, since, until)

    def waits(self, resource: Resource, since: datetime, until: datetime) -> tuple[Waits, ...]:
        return self._of(resource).waits(resource, since, until)

    def units(self, resource: Resource) -> Units | None:
        return self._of(resource).units(resource)

    def _of(self, resource: Resource) -> Eyes:
        if not any(demand.prometheus for demand in KINDS[resource.kind].demands):
            return self.cloud
        if self.cluster is None:
            raise WorldError(
                f"{resource.resource_id}: is in a cluster, and no Prometheus is named",
                remedy=f"set {URL} to its address.",
            )
        return self.cluster


def eyes() -> Eyes:
    """Return eyes by the environment: boto3's own configuration, and PROMETHEUS_URL where it is set.

    Raises:
        UserError: PROMETHEUS_URL cannot be used.
    """
    cluster = ClusterEyes(Access.of()) if os.environ.get(URL) else None
    return BothEyes(CloudEyes.from_environment(), cluster)
