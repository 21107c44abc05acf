"""Whether things are used: hourly points from CloudWatch, batched."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from trimtab.cost.account.base import Used

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from trimtab.cost.account.base import AccountKind, ClientOf, Found, Metric

BATCH = 500
"""Queries that one call of GetMetricData takes."""
_HOUR = 3_600


def used(
    kind: AccountKind, found: Sequence[Found], client_of: ClientOf, region: str, *, days: int, now: datetime
) -> dict[str, dict[str, Used]]:
    """Return each resource's use by metric; a metric without a point is there with zero samples."""
    asked = [(one, metric) for one in found for metric in kind.metrics]
    result: dict[str, dict[str, Used]] = defaultdict(dict)
    if not asked:
        return result
    end = now.replace(minute=0, second=0, microsecond=0)
    span = {"StartTime": end - timedelta(days=days), "EndTime": end, "ScanBy": "TimestampAscending"}
    client = client_of("cloudwatch", region)
    for start in range(0, len(asked), BATCH):
        part = asked[start : start + BATCH]
        queries = [_query(place, one, metric) for place, (one, metric) in enumerate(part)]
        values: dict[str, list[float]] = defaultdict(list)
        for page in client.get_paginator("get_metric_data").paginate(MetricDataQueries=queries, **span):
            for row in page["MetricDataResults"]:
                values[row["Id"]] += [float(value) for value in row["Values"]]
        for place, (one, metric) in enumerate(part):
            result[one.id][metric.name] = _used(values[f"q{place}"], days)
    return result


def _query(place: int, one: Found, metric: Metric) -> dict[str, Any]:
    dimensions = [{"Name": name, "Value": one.text(fact)} for name, fact in metric.dimensions.items()]
    named = {"Namespace": metric.namespace, "MetricName": metric.name, "Dimensions": dimensions}
    return {"Id": f"q{place}", "MetricStat": {"Metric": named, "Period": _HOUR, "Stat": metric.statistic}}


def _used(values: Iterable[float], days: int) -> Used:
    points = list(values)
    if not points:
        return Used(days=float(days))
    return Used(math.fsum(points), max(points), min(points), len(points), float(days))
