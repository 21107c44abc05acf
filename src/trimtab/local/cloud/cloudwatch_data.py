"""CloudWatch: GetMetricData in one pass over the samples.

moto looks at every sample of the account once a period, which takes minutes for the two weeks that the
analyser reads. Periods lie on multiples of their length, as CloudWatch's do.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, Statistics

from trimtab.local.cloud.extending import extend

_WITH_EXPRESSIONS = CloudWatchBackend.get_metric_data


def _get_metric_data(
    self: Any,
    queries: list[dict[str, Any]],
    start_time: datetime,
    end_time: datetime,
    scan_by: str = "TimestampAscending",
) -> list[dict[str, Any]]:
    """Answer plain metric queries; expressions, and spans that are no span, stay moto's."""
    if start_time >= end_time or any("MetricStat" not in query for query in queries):
        answers: list[dict[str, Any]] = _WITH_EXPRESSIONS(self, queries, start_time, end_time, scan_by)
        return answers
    wanted = {_asked(query["MetricStat"]["Metric"]) for query in queries}
    samples: dict[Any, list[Any]] = defaultdict(list)
    for datum in self.get_all_metrics():
        if start_time <= datum.timestamp < end_time:
            key = _stored(datum)
            if key in wanted:
                samples[key].append(datum)
    descending = scan_by == "TimestampDescending"
    return [
        _answer(query, samples[_asked(query["MetricStat"]["Metric"])], descending=descending)
        for query in queries
        if query.get("ReturnData", True)
    ]


def _answer(query: dict[str, Any], samples: list[Any], *, descending: bool) -> dict[str, Any]:
    asked = query["MetricStat"]
    period, unit = int(asked["Period"]), asked.get("Unit")
    buckets: dict[int, list[Any]] = defaultdict(list)
    for datum in samples:
        if not unit or datum.unit == unit:
            buckets[_epoch(datum.timestamp) // period * period].append(datum)
    starts = sorted(buckets, reverse=descending)
    return {
        "id": query["Id"],
        "label": query.get("Label") or f"{asked['Metric']['MetricName']} {asked['Stat']}",
        "values": [_value(buckets[start], asked["Stat"]) for start in starts],
        "timestamps": [datetime.fromtimestamp(start, UTC) for start in starts],
        "status_code": "Complete",
    }


def _value(bucket: list[Any], stat: str) -> Any:
    statistics = Statistics([stat], bucket[0].timestamp)
    statistics.metric_data = bucket
    return statistics.get_statistics_for_type(stat)


def _epoch(moment: datetime) -> int:
    """Return whole seconds; moto keeps UTC with and without its zone."""
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def _asked(metric: dict[str, Any]) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    dimensions = sorted((one["Name"], one["Value"]) for one in metric.get("Dimensions", []))
    return metric["Namespace"], metric["MetricName"], tuple(dimensions)


def _stored(datum: Any) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return datum.namespace, datum.name, tuple(sorted((one.name, one.value) for one in datum.dimensions))


def install_cloudwatch_data() -> None:
    """Serve GetMetricData in time that grows with the samples, not with samples times periods."""
    extend(CloudWatchBackend, {"get_metric_data": _get_metric_data})
