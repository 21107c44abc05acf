"""A cluster through Prometheus: alerts that fire, load, waits, and what runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import TYPE_CHECKING

from trimtab.cost.apply.watch.port import Load, Units
from trimtab.cost.apply.watch.waits import LIKE_DAYS, WAITS, in_parts
from trimtab.cost.kinds import KINDS, PromQuery
from trimtab.cost.sources.prometheus.client import Client
from trimtab.cost.sources.prometheus.queries import pods, rendered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.cost.apply.watch.port import Count, Waits
    from trimtab.cost.model import Resource
    from trimtab.cost.sources.prometheus.access import Access

_STEP_SECONDS, _WINDOW = 60, "2m"
"""A sample a minute, over a window that holds four scrapes of the usual 30 s."""
_FIRING = 'ALERTS{alertstate="firing",severity=~"page|critical"}'
"""Alerts that get somebody up; the others tell of idling GPUs and the like, which is no reason to go back."""


@dataclass(frozen=True)
class ClusterEyes:
    """One Prometheus, or what speaks its API. Every method raises WorldError where it cannot be asked."""

    access: Access

    def alarms(self, resource: Resource) -> tuple[str, ...]:
        with Client(self.access) as client:
            firing = [series.labels for series in client.instant(_FIRING)]
        return tuple(sorted({labels["alertname"] for labels in firing if is_about(labels, resource)}))

    def loads(self, resource: Resource, since: datetime, until: datetime) -> tuple[Load, ...]:
        for demand in KINDS[resource.kind].demands:
            if demand.prometheus is None or demand.full is None:
                continue
            found = self._points(demand.prometheus, resource, since, until)
            if found:
                return tuple(Load(at, value / demand.full) for at, value in found)
        return ()

    def errors(self, resource: Resource, since: datetime, until: datetime) -> Count | None:
        """Return None: which answers are failures is told by the alerts of the service's own objective."""
        del resource, since, until
        return None

    def waits(self, resource: Resource, since: datetime, until: datetime) -> tuple[Waits, ...]:
        found = []
        for wait in WAITS.get(resource.kind, ()):
            if isinstance(wait.source, PromQuery):
                days = [timedelta(days=day) for day in range(LIKE_DAYS, -1, -1)]
                points = [one for ago in days for one in self._points(wait.source, resource, since - ago, until - ago)]
                found.append(in_parts(wait, points, since, until))
        return tuple(found)

    def units(self, resource: Resource) -> Units | None:
        running = KINDS[resource.kind].running
        text = rendered(running, resource, _WINDOW) if running else None
        if text is None:
            return None
        with Client(self.access) as client:
            found = client.instant(text)
        return Units(found[0].points[0][1], resource.instance_type) if found else None

    def _points(
        self, query: PromQuery, resource: Resource, since: datetime, until: datetime
    ) -> list[tuple[datetime, float]]:
        """Return the samples of whole windows after `since`; a quotient of nothing by nothing is no sample."""
        text = rendered(query, resource, _WINDOW)
        first = since.timestamp() + 2 * _STEP_SECONDS
        if text is None or first > until.timestamp():
            return []
        with Client(self.access) as client:
            series = [*client.range(text, first, until.timestamp(), _STEP_SECONDS)]
        return [
            (datetime.fromtimestamp(at, tz=UTC), value) for one in series for at, value in one.points if isfinite(value)
        ]


def is_about(labels: Mapping[str, str], resource: Resource) -> bool:
    """Whether an alert's labels name the resource: its node pool, or pods or the name of its workload."""
    known = resource.dimensions
    pool = known.get("nodepool") or (resource.resource_id if not known else "")
    if pool:
        return pool in {labels.get("nodepool"), labels.get("flavor")}
    workload, namespace = known.get("workload", ""), known.get("namespace", "")
    if namespace not in {labels.get("namespace"), labels.get("exported_namespace")}:
        return False
    pattern = re.compile(pods(workload, known.get("workload_kind", "")))
    named = (labels.get("pod", ""), labels.get("exported_pod", ""))
    return workload in labels.values() or any(pattern.fullmatch(pod) for pod in named)
