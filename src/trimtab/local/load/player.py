"""Playing the load: two weeks backwards at once, then a sample every few seconds."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import boto3
import numpy as np

from trimtab.local.load.autoscaler import Autoscaler
from trimtab.local.load.capacity import Standing, endpoints, pools
from trimtab.local.load.clock import Clock
from trimtab.local.load.idle_pools import IdlePools
from trimtab.local.load.working import WorkingEndpoint, WorkingPool, key_of, working

if TYPE_CHECKING:
    import numpy.typing as npt

    from trimtab.local.load.metrics import Series
    from trimtab.local.load.profile import Profile
    from trimtab.local.load.working import Key

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
        self.known: set[Key] = set()
        scaling: Any = boto3.client("application-autoscaling")
        self.clock = Clock(scaling, self.autoscaling)
        self.autoscaler = Autoscaler(scaling, self.sagemaker)
        self.idle_pools = IdlePools(self.autoscaling)

    def survey(self) -> Standing:
        """Ask the cloud, once a tick, what stands now."""
        return Standing(endpoints(self.sagemaker), pools(self.autoscaling))

    def backfill(self, now: int, standing: Standing) -> int:
        """Write the history of everything that stands and has none yet; return the samples written."""
        days = self.profile.history_days
        # Half an hour short of two weeks, so that the oldest sample is not refused while it is sent.
        first = now - days * DAY_SECONDS + 1800
        moments = np.arange(first - first % HISTORY_STEP_SECONDS + HISTORY_STEP_SECONDS, now, HISTORY_STEP_SECONDS)
        new = list(working(standing, self.profile, moments, done=self.known))
        self.known.update(key_of(one.subject) for one in new)
        return self._write([s for one in new for s in one.past(HISTORY_STEP_SECONDS)], moments, HISTORY_STEP_SECONDS)

    def sample(self, now: int, standing: Standing) -> int:
        """Write one live sample of everything that stands, then let it scale."""
        moments = np.array([now], dtype=np.int64)
        step = self.profile.live_seconds
        live = list(working(standing, self.profile, moments))
        written = self._write([s for one in live for s in one.present(step)], moments, step)
        asked = {one.subject: one.invocations for one in live if isinstance(one, WorkingEndpoint)}
        self.clock.act(now)
        self.autoscaler.act(now, asked)
        self.idle_pools.act(now, (one for one in live if isinstance(one, WorkingPool)))
        return written

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
