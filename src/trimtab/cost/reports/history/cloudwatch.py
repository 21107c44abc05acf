"""Units by hour from CloudWatch: what auto scaling groups report, and what endpoints' invocations divide to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.cost.kinds import KINDS
from trimtab.cost.reports.history.units import DAYS, UnitHistory, of_points, predictions_of
from trimtab.cost.sources.in_service import PER_UNIT, TOTAL, split_units, tells
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from trimtab.cost.kinds import CloudMetric
    from trimtab.cost.model import Resource
    from trimtab.cost.sources.cloudwatch import MetricClient

BATCH = 500
"""Queries a call takes at most (GetMetricData, API reference)."""
_HOUR = 3600


def from_cloudwatch(
    resources: Sequence[Resource], client_of: Callable[[str], MetricClient], until: datetime, days: int = DAYS
) -> UnitHistory:
    """Read how many units of each fleet ran, an hour a point.

    Raises:
        WorldError: CloudWatch cannot be reached or refuses.
    """
    end = until.replace(minute=0, second=0, microsecond=0)
    telling = [one for one in resources if tells(one)]
    rows: list[dict[str, Any]] = []
    for region in sorted({one.region for one in telling}):
        asked = [query for one in telling if one.region == region for query in _queries(one)]
        for first in range(0, len(asked), BATCH):
            rows += _read(client_of, region, asked[first : first + BATCH], end, days)
    frame = pd.DataFrame(rows, columns=["resource_id", "metric", "ts", "value"])
    frame["ts"] = pd.to_datetime(frame["ts"], utc=True).dt.tz_localize(None)
    frame = frame.astype({"value": "float64"})
    _, units = split_units(frame)
    told = of_points(units, end, "instances in service, from CloudWatch", days)
    # What is divided by the answers of one unit is the answers of all of them.
    answering = {one.resource_id for one in telling if getattr(KINDS[one.kind].in_service, "per_unit", None)}
    answers = frame[(frame["metric"] == TOTAL) & frame["resource_id"].isin(answering)]
    return replace(told, predictions=predictions_of(answers, end, days))


def _queries(resource: Resource) -> list[tuple[str, str, CloudMetric, dict[str, str]]]:
    told = KINDS[resource.kind].in_service
    if told is None:
        return []
    metrics = [(TOTAL, told.total), *([(PER_UNIT, told.per_unit)] if told.per_unit else [])]
    return [
        (resource.resource_id, name, cloud, resource.dimensions or {cloud.dimension: resource.resource_id})
        for name, cloud in metrics
    ]


def _read(
    client_of: Callable[[str], MetricClient],
    region: str,
    asked: list[tuple[str, str, CloudMetric, dict[str, str]]],
    end: datetime,
    days: int,
) -> Iterator[dict[str, Any]]:
    request = {
        "MetricDataQueries": [_request(f"q{place}", cloud, own) for place, (_, _, cloud, own) in enumerate(asked)],
        "StartTime": end - timedelta(days=days),
        "EndTime": end,
        "ScanBy": "TimestampAscending",
    }
    token = None
    try:
        client = client_of(region)
        while True:
            answer = client.get_metric_data(**request, **({"NextToken": token} if token else {}))
            for result in answer["MetricDataResults"]:
                name, metric, _, _ = asked[int(result["Id"][1:])]
                for at, value in zip(result["Timestamps"], result["Values"], strict=True):
                    yield {"resource_id": name, "metric": metric, "ts": at, "value": value}
            token = answer.get("NextToken")
            if not token:
                return
    except (BotoCoreError, ClientError) as error:
        raise WorldError(
            f"CloudWatch: {error}",
            remedy="check credentials, region and cloudwatch:GetMetricData; nothing was changed.",
        ) from error


def _request(name: str, cloud: CloudMetric, dimensions: dict[str, str]) -> dict[str, Any]:
    return {
        "Id": name,
        "ReturnData": True,
        "MetricStat": {
            "Metric": {
                "Namespace": cloud.namespace,
                "MetricName": cloud.name,
                "Dimensions": [{"Name": key, "Value": value} for key, value in dimensions.items()],
            },
            "Period": _HOUR,
            "Stat": cloud.statistic,
        },
    }
