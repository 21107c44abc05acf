"""AWS through boto3: alarms, metrics since a moment, and what runs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.cost.apply.watch.alarms import about
from trimtab.cost.apply.watch.errors import ERROR_METRICS
from trimtab.cost.apply.watch.port import Count, Load, Units, Waits
from trimtab.cost.apply.watch.running import RUNNING
from trimtab.cost.apply.watch.waits import LIKE_DAYS, WAITS, in_parts
from trimtab.cost.kinds import KINDS, CloudMetric
from trimtab.cost.sources.cloudwatch import queries
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from trimtab.cost.model import Resource

_Answer = TypeVar("_Answer")
_FINE, _MINUTE = 5, 60
_SHORT = timedelta(minutes=15)
"""Watches under it read metrics of high resolution (CloudWatch keeps points under a minute for three hours)."""


@dataclass(frozen=True)
class CloudEyes:
    """The cloud of the environment: credentials, region and AWS_ENDPOINT_URL are boto3's own.

    Attributes:
        client_of: makes a client from a service's name and a region (empty: the environment's own).
    """

    client_of: Callable[[str, str], Any]

    @classmethod
    def from_environment(cls) -> CloudEyes:
        """Use boto3's own configuration, with its adaptive retries."""
        config = Config(retries={"mode": "adaptive", "max_attempts": 8})

        def client(service: str, region: str) -> Any:
            made: Any = boto3.client(service, region_name=region or None, config=config)  # type: ignore[call-overload]  # any service
            return made

        return cls(client)

    def alarms(self, resource: Resource) -> tuple[str, ...]:
        def look(cloudwatch: Any) -> tuple[str, ...]:
            pages = cloudwatch.get_paginator("describe_alarms").paginate(StateValue="ALARM")
            alarms = [alarm for page in pages for alarm in page.get("MetricAlarms", [])]
            return tuple(sorted(alarm["AlarmName"] for alarm in alarms if about(alarm, resource)))

        return self._ask("cloudwatch", resource, look)

    def loads(self, resource: Resource, since: datetime, until: datetime) -> tuple[Load, ...]:
        asked, _ = queries([resource])
        for query in asked:
            demand = KINDS[resource.kind].demand(query.metric)
            if demand is None or demand.full is None:
                continue
            metric = _metric(query.cloud.namespace, query.cloud.name, query.dimensions)
            found = self._points(resource, metric, query.cloud.statistic, since, until)
            if found:
                return tuple(Load(at, value / query.divisor / demand.full) for at, value in found)
        return ()

    def errors(self, resource: Resource, since: datetime, until: datetime) -> Count | None:
        metrics = ERROR_METRICS.get(resource.kind)
        if metrics is None:
            return None

        def total(name: str) -> float:
            metric = _metric(metrics.namespace, name, resource.dimensions)
            return math.fsum(value for _, value in self._points(resource, metric, "Sum", since, until))

        return Count(total(metrics.errors), total(metrics.requests) if metrics.requests else None)

    def waits(self, resource: Resource, since: datetime, until: datetime) -> tuple[Waits, ...]:
        found = []
        for wait in WAITS.get(resource.kind, ()):
            if isinstance(wait.source, CloudMetric):
                own = {wait.source.dimension: resource.resource_id} if wait.source.dimension else resource.dimensions
                metric = _metric(wait.source.namespace, wait.source.name, own)
                first = since - timedelta(days=LIKE_DAYS)
                points = self._points(resource, metric, wait.source.statistic, first, until)
                found.append(in_parts(wait, points, since, until))
        return tuple(found)

    def units(self, resource: Resource) -> Units | None:
        reader = RUNNING.get(resource.kind)
        return self._ask(reader.service, resource, lambda client: reader.read(client, resource)) if reader else None

    def _points(
        self, resource: Resource, metric: Mapping[str, Any], statistic: str, since: datetime, until: datetime
    ) -> Sequence[tuple[datetime, float]]:
        """Return the points of whole periods after `since`, so that none holds a sample from before it."""
        period = _FINE if until - since < _SHORT else _MINUTE
        start = datetime.fromtimestamp(math.ceil(since.timestamp() / period) * period, tz=UTC)
        if start >= until:
            return ()
        stat = {"Metric": metric, "Period": period, "Stat": statistic}
        request = {
            "MetricDataQueries": [{"Id": "q", "MetricStat": stat}], "StartTime": start,
            "EndTime": until + timedelta(seconds=1), "ScanBy": "TimestampAscending",
        }  # fmt: skip

        def read(cloudwatch: Any) -> list[tuple[datetime, float]]:
            pages = cloudwatch.get_paginator("get_metric_data").paginate(**request)
            results = [result for page in pages for result in page["MetricDataResults"]]
            return [
                (at, float(value))
                for result in results
                for at, value in zip(result["Timestamps"], result["Values"], strict=True)
            ]

        return self._ask("cloudwatch", resource, read)

    def _ask(self, service: str, resource: Resource, read: Callable[[Any], _Answer]) -> _Answer:
        try:
            return read(self.client_of(service, resource.region))
        except (BotoCoreError, ClientError) as error:
            raise WorldError(
                f"{service}: {error}",
                remedy="check credentials, region and rights (cloudwatch:GetMetricData, cloudwatch:DescribeAlarms, "
                "sagemaker:DescribeEndpoint, autoscaling:DescribeAutoScalingGroups).",
            ) from error


def _metric(namespace: str, name: str, dimensions: Mapping[str, str]) -> dict[str, Any]:
    named = [{"Name": key, "Value": value} for key, value in dimensions.items()]
    return {"Namespace": namespace, "MetricName": name, "Dimensions": named}
