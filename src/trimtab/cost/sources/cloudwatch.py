"""CloudWatch: batched GetMetricData, page by page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import boto3
import pandas as pd
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import Defect
from trimtab.cost.sources.engine import in_memory
from trimtab.cost.sources.in_service import PER_UNIT, TOTAL, full_invocations, of_declared, split_units, tells
from trimtab.cost.sources.port import UNKEPT, Asked, Samples
from trimtab.spec.errors import WorldError
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ibis.backends.duckdb import Backend

    from trimtab.cost.kinds import CloudMetric
    from trimtab.cost.model import Resource
    from trimtab.cost.sources.port import Keeper

BATCH = 500
"""Queries a call takes at most (GetMetricData, API reference)."""

# CloudWatch keeps one-minute points for 15 days, five-minute ones for 63 and hourly ones for 455.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html
_PERIODS = ((15, 60), (63, 300), (455, 3600))


class MetricClient(Protocol):
    """The one call of boto3's `cloudwatch` client that is used."""

    def get_metric_data(self, **request: Any) -> dict[str, Any]:
        """Return points of up to 500 queries, a page at a time."""
        ...


@dataclass(frozen=True)
class Query:
    """One metric of one resource; values are divided by `divisor` (GPUs or vCPUs that CloudWatch adds up)."""

    resource_id: str
    metric: str
    cloud: CloudMetric
    dimensions: dict[str, str]
    divisor: float


def period_seconds(days: int) -> int:
    """Return the finest period that CloudWatch still holds for the whole span."""
    return next((period for limit, period in _PERIODS if days <= limit), _PERIODS[-1][1])


def queries(resources: Sequence[Resource]) -> tuple[list[Query], list[Defect]]:
    """Return what to ask, and what cannot be asked because an instance type's shape is not known."""
    asked: list[Query] = []
    unknown = 0
    for resource in resources:
        before = len(asked)
        for demand in KINDS[resource.kind].demands:
            if demand.cloud is None:
                continue
            divisor = _divisor(demand.cloud, resource.instance_type)
            if divisor is None:
                unknown += 1
            elif divisor:
                dimensions = resource.dimensions or {demand.cloud.dimension: resource.resource_id}
                asked.append(Query(resource.resource_id, demand.metric, demand.cloud, dimensions, divisor))
        if len(asked) > before:
            asked += _unit_queries(resource)
    repair = "not asked for: what the instance type holds is not known, and CloudWatch adds it up"
    return asked, [Defect(code="unknown-shape", count=unknown, repair=repair)] if unknown else []


def _unit_queries(resource: Resource) -> list[Query]:
    told = KINDS[resource.kind].in_service
    if told is None or not tells(resource):
        return []
    metrics = [(TOTAL, told.total), *([(PER_UNIT, told.per_unit)] if told.per_unit else [])]
    return [
        Query(resource.resource_id, name, cloud, resource.dimensions or {cloud.dimension: resource.resource_id}, 1.0)
        for name, cloud in metrics
    ]


def _divisor(cloud: CloudMetric, instance_type: str) -> float | None:
    """Return what the values are divided by; None where that is not known, 0 where there is nothing to measure."""
    if not cloud.adds_up:
        return 1.0
    holds = shape(instance_type)
    if holds is None:
        return None
    # An instance without GPUs has no GPU metric; asking for it would be a query that is paid for in vain.
    return float(holds.vcpu if cloud.adds_up == "vcpus" else holds.gpus)


@dataclass(frozen=True)
class CloudWatch:
    """Samples from CloudWatch.

    Attributes:
        client_of: a client by region (empty: the environment's own).
        days: how far back to read.
        now: the end of what is read where the run names none.
        keeper: may know some points already.
    """

    connection: Backend
    client_of: Callable[[str], MetricClient]
    days: int
    now: datetime
    keeper: Keeper = UNKEPT

    @classmethod
    def from_environment(cls, connection: Backend, days: int, keeper: Keeper | None = None) -> CloudWatch:
        """Use boto3's own configuration (credentials, region, AWS_ENDPOINT_URL) and its adaptive retries."""
        config = Config(retries={"mode": "adaptive", "max_attempts": 10})

        def client(region: str) -> MetricClient:
            made: MetricClient = boto3.client("cloudwatch", region_name=region or None, config=config)
            return made

        return cls(connection, client, days, datetime.now(tz=UTC), keeper or UNKEPT)

    def samples(self, resources: Sequence[Resource], until: datetime | None) -> Samples:
        """Read every demand metric of every resource.

        Raises:
            WorldError: CloudWatch cannot be reached or refuses.
        """
        # Whole periods: a span that begins inside one would shift every point by the rest.
        period = period_seconds(self.days)
        end = datetime.fromtimestamp((until or self.keeper.newest() or self.now).timestamp() // period * period, tz=UTC)
        regions = sorted({resource.region for resource in resources})
        frames, defects = [], []
        for region in regions:
            asked, unknown = queries([one for one in resources if one.region == region])
            frame, missing = self._read(region, asked, period, end)
            frames.append(frame)
            defects += [*unknown, *missing]
        frame = pd.concat([_empty("resource_id", "metric"), *frames], ignore_index=True)
        demand, units = split_units(frame)
        table = in_memory(self.connection, of_declared(demand, units, resources))
        running = {str(name): float(mean) for name, mean in units.groupby("resource_id")["units"].mean().items()}
        telling = [one for one in resources if tells(one)]
        return Samples(table, "CloudWatch", tuple(defects), running, full_invocations(frame, period, telling))

    def _read(self, region: str, asked: list[Query], period: int, end: datetime) -> tuple[pd.DataFrame, list[Defect]]:
        """Return `resource_id, metric, ts, value` of one region."""
        named = {_key(region, query, period): query for query in asked}

        def fetch(wanted: Sequence[Asked], since: datetime, until: datetime) -> pd.DataFrame:
            parts = [wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH)]
            frames = [
                self._batch(region, {one.key: named[one.key] for one in part}, period, (since, until)) for part in parts
            ]
            return pd.concat([_empty("key"), *frames], ignore_index=True)

        series = [Asked(key, query.resource_id, query.metric) for key, query in named.items()]
        frame, missing = self.keeper.read(series, end - timedelta(days=self.days), end, fetch)
        whose = frame["key"].map({one.key: one.resource_id for one in series})
        what = frame["key"].map({one.key: one.metric for one in series})
        return frame.drop(columns="key").assign(resource_id=whose, metric=what), missing

    def _batch(
        self, region: str, asked: dict[str, Query], period: int, time: tuple[datetime, datetime]
    ) -> pd.DataFrame:
        named = {f"q{number}": (key, query) for number, (key, query) in enumerate(asked.items())}
        request = {
            "MetricDataQueries": [_request(name, query, period) for name, (_, query) in named.items()],
            "StartTime": time[0],
            "EndTime": time[1],
            "ScanBy": "TimestampAscending",
        }
        frames = [_empty("key")]
        for result in _pages(self.client_of, region, request):
            if not result["Timestamps"]:
                continue
            key, query = named[result["Id"]]
            moments = pd.to_datetime(pd.Series(result["Timestamps"]), utc=True).dt.tz_localize(None)
            values = pd.Series(result["Values"], dtype="float64") / query.divisor
            frames.append(pd.DataFrame({"key": key, "ts": moments.astype("datetime64[us]"), "value": values}))
        return pd.concat(frames, ignore_index=True)


def _empty(*names: str) -> pd.DataFrame:
    columns = {**dict.fromkeys(names, "str"), "ts": "datetime64[us]", "value": "float64"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})


def _key(region: str, query: Query, period: int) -> str:
    cloud = query.cloud
    named = [query.resource_id, query.metric, region, cloud.namespace, cloud.name, sorted(query.dimensions.items())]
    return json.dumps([*named, cloud.statistic, period, query.divisor])


def _request(name: str, query: Query, period: int) -> dict[str, Any]:
    return {
        "Id": name,
        "ReturnData": True,
        "MetricStat": {
            "Metric": {
                "Namespace": query.cloud.namespace,
                "MetricName": query.cloud.name,
                "Dimensions": [{"Name": key, "Value": value} for key, value in query.dimensions.items()],
            },
            "Period": period,
            "Stat": query.cloud.statistic,
        },
    }


def _pages(client_of: Callable[[str], MetricClient], region: str, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    token = None
    try:
        client = client_of(region)
        while True:
            answer = client.get_metric_data(**request, **({"NextToken": token} if token else {}))
            yield from answer["MetricDataResults"]
            token = answer.get("NextToken")
            if not token:
                return
    except (BotoCoreError, ClientError) as error:
        raise WorldError(
            f"CloudWatch: {error}",
            remedy="check credentials, region and cloudwatch:GetMetricData; nothing was changed.",
        ) from error
