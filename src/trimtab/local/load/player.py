"""Playing the load: two weeks backwards at once, then a sample every few seconds."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from fnmatch import fnmatch
from itertools import islice
from typing import TYPE_CHECKING, Any

import boto3
import numpy as np

from trimtab.local.load import capacity
from trimtab.local.load.autoscaler import Autoscaler
from trimtab.local.load.demand import demand_at
from trimtab.local.load.metrics import Series, endpoint_series, history_nodes, pool_series

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    import numpy.typing as npt

    from trimtab.local.load.capacity import Endpoint
    from trimtab.local.load.demand import Floats
    from trimtab.local.load.profile import EndpointLoad, Profile

    Moments = npt.NDArray[np.int64]

DAY_SECONDS, HISTORY_STEP_SECONDS = 86_400, 300
DATUMS_A_CALL = 1000  # PutMetricData's own limit.
HIGH_RESOLUTION_BELOW_SECONDS = 60


class Player:
    """Plays one profile against the cloud that the environment names (AWS_ENDPOINT_URL)."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.cloudwatch: Any = boto3.client("cloudwatch")
        self.sagemaker: Any = boto3.client("sagemaker")
        self.autoscaling: Any = boto3.client("autoscaling")
        self.known: set[str] = set()
        self.autoscaler = Autoscaler(boto3.client("application-autoscaling"), self.sagemaker)

    def backfill(self, now: int) -> int:
        """Write the history of everything that stands and has none yet; return the samples written."""
        days = self.profile.history_days
        # Half an hour short of two weeks, so that the oldest sample is not refused while it is sent.
        first = now - days * DAY_SECONDS + 1800
        moments = np.arange(first - first % HISTORY_STEP_SECONDS + HISTORY_STEP_SECONDS, now, HISTORY_STEP_SECONDS)
        return self._write(list(self._new_series(moments)), moments, HISTORY_STEP_SECONDS)

    def sample(self, now: int) -> int:
        """Write one live sample of everything that stands, then let it scale."""
        moments = np.array([now], dtype=np.int64)
        step = self.profile.live_seconds
        written = self._write([s for _, series in self._series(moments, step) for s in series], moments, step)
        self.autoscaler.act(now, dict(self._asked(moments)))
        return written

    def _asked(self, moments: Moments) -> Iterator[tuple[Endpoint, float]]:
        """Give what each endpoint is asked for, in invocations a minute, served or not."""
        for endpoint, load, work in self._endpoint_work(moments):
            yield endpoint, float(work[0]) * load.requests_per_instance_minute

    def _endpoint_work(
        self, moments: Moments, done: AbstractSet[str] = frozenset()
    ) -> Iterator[tuple[Endpoint, EndpointLoad, Floats]]:
        for endpoint in capacity.endpoints(self.sagemaker):
            for load in self.profile.endpoints:
                if endpoint.name not in done and fnmatch(endpoint.name, load.match):
                    yield endpoint, load, demand_at(load.demand, moments, zlib.crc32(endpoint.name.encode()))

    def _new_series(self, moments: Moments) -> Iterator[Series]:
        for name, series in self._series(moments, HISTORY_STEP_SECONDS, self.known):
            self.known.add(name)
            yield from series

    def _series(
        self, moments: Moments, step: int, done: AbstractSet[str] = frozenset()
    ) -> Iterator[tuple[str, list[Series]]]:
        """Give the series of all but what is `done`: two weeks are not computed at every tick to be thrown away."""
        for endpoint, load, work in self._endpoint_work(moments, done):
            yield endpoint.name, endpoint_series(endpoint, load, work, step / 60)
        for pool in capacity.pools(self.autoscaling):
            for pool_load in self.profile.pools:
                if pool.name not in done and fnmatch(pool.name, pool_load.match):
                    work = demand_at(pool_load.demand, moments, zlib.crc32(pool.name.encode()))
                    live = np.full(len(moments), float(pool.instances))
                    nodes = live if len(moments) == 1 else history_nodes(pool, work)
                    yield pool.name, pool_series(pool, pool_load, work, nodes)

    def _write(self, series: list[Series], moments: Moments, step: int) -> int:
        stamps = [datetime.fromtimestamp(int(moment), UTC) for moment in moments]
        resolution = 1 if step < HIGH_RESOLUTION_BELOW_SECONDS else 60
        for namespace in sorted({one.namespace for one in series}):
            datums = (_datum(one, i, stamps, resolution) for one in series if one.namespace == namespace
                      for i in np.flatnonzero(~np.isnan(one.values)).tolist())  # fmt: skip
            while chunk := list(islice(datums, DATUMS_A_CALL)):
                self.cloudwatch.put_metric_data(Namespace=namespace, MetricData=chunk)
        return sum(int(np.count_nonzero(~np.isnan(one.values))) for one in series)


def _datum(series: Series, index: int, stamps: list[datetime], resolution: int) -> dict[str, Any]:
    return {
        "MetricName": series.name,
        "Dimensions": [{"Name": name, "Value": value} for name, value in series.dimensions.items()],
        "Timestamp": stamps[index],
        "Value": float(series.values[index]),
        "Unit": series.unit,
        "StorageResolution": resolution,
    }
