"""Samples of an inventory from Prometheus."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.kinds import KINDS, Shape
from trimtab.cost.model import Defect
from trimtab.cost.sources.engine import in_memory
from trimtab.cost.sources.port import UNKEPT, Asked, Samples
from trimtab.cost.sources.prometheus.client import Client
from trimtab.cost.sources.prometheus.queries import RUNNING, queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ibis.backends.duckdb import Backend

    from trimtab.cost.model import Resource
    from trimtab.cost.sources.port import Keeper
    from trimtab.cost.sources.prometheus.access import Access

# Five minutes hold four scrapes even where one is made a minute, and rate() needs that many to bear a lost one.
# Samples as far apart as they are wide count every second once. Longer spans are asked by the hour, as CloudWatch
# keeps them: 455 days of five minutes would be 131,000 points a series.
_STEPS = ((63, 300, "5m"), (455, 3600, "1h"))

# Prometheus evaluates 20 queries at once by default (--query.max-concurrency); others want to ask too.
_AT_ONCE = 4


def step_of(days: int) -> tuple[int, str]:
    """Return the distance of two samples in seconds, and the same as PromQL writes it."""
    return next(((seconds, text) for limit, seconds, text in _STEPS if days <= limit), _STEPS[-1][1:])


@dataclass(frozen=True)
class Prometheus:
    """Samples from a Prometheus, or from what speaks its API (Thanos, Mimir, Amazon's managed one).

    Attributes:
        days: how far back to read.
        keeper: may know some points already.
    """

    connection: Backend
    access: Access
    days: int
    keeper: Keeper = UNKEPT

    def samples(self, resources: Sequence[Resource], until: datetime | None) -> Samples:
        """Read every demand metric of every resource.

        Raises:
            WorldError: the server cannot be reached or refuses.
        """
        step, window = step_of(self.days)
        asked, defects = queries(resources, window)
        named = {json.dumps([self.access.shown, one.resource_id, one.metric, one.text, step]): one for one in asked}
        series = [Asked(key, one.resource_id, one.metric) for key, one in named.items()]
        with Client(self.access) as client:

            def fetch(wanted: Sequence[Asked], since: datetime, until: datetime) -> pd.DataFrame:
                def one(each: Asked) -> pd.DataFrame:
                    text = named[each.key].text
                    return _read(client, text, since.timestamp(), until.timestamp() - step, step).assign(key=each.key)

                with ThreadPoolExecutor(_AT_ONCE) as pool:
                    return pd.concat([_empty("key"), *pool.map(one, wanted)], ignore_index=True)

            # The server's clock stamps the samples; ours may be another.
            newest = until or self.keeper.newest()
            seconds = newest.timestamp() if newest else client.instant("time()")[0].points[0][1]
            # `until` itself is excluded, as in files; samples lie on whole steps, so that runs can be compared.
            end = datetime.fromtimestamp(((seconds - 1e-3) // step + 1) * step, tz=UTC)
            found, missing = self.keeper.read(series, end - timedelta(days=self.days), end, fetch)
            warnings = Counter(client.warnings)
        defects += missing
        defects += [Defect(code="partial-answer", count=count, repair=text) for text, count in warnings.items()]
        whose = found["key"].map({one.key: one.resource_id for one in series})
        what = found["key"].map({one.key: one.metric for one in series})
        frame = found.drop(columns="key").assign(resource_id=whose, metric=what)
        units = frame[frame["metric"] == RUNNING]
        running = {str(name): float(mean) for name, mean in units.groupby("resource_id")["value"].mean().items()}
        table = in_memory(self.connection, idle_as_zero(frame[frame["metric"] != RUNNING], units, resources))
        return Samples(table, f"Prometheus {self.access.shown}", tuple(defects), running)


def idle_as_zero(demand: pd.DataFrame, units: pd.DataFrame, resources: Sequence[Resource]) -> pd.DataFrame:
    """Add a demand of zero for each moment at which a fleet is known to have run no unit.

    Where nothing runs there is no pod to be measured, and its demand was zero, not unknown. A metric that was never
    measured gets none: zeros alone would make a busy fleet without an exporter look idle.

    Args:
        demand: `resource_id, metric, ts, value`.
        units: the same, of the number of units that ran.
        resources: the inventory.
    """
    fleets = [one.resource_id for one in resources if KINDS[one.kind].shape is Shape.FLEET]
    none = units.loc[units["resource_id"].isin(fleets) & (units["value"] == 0), ["resource_id", "ts"]]
    measured = demand[["resource_id", "metric"]].drop_duplicates()
    zeros = none.merge(measured, on="resource_id").assign(value=0.0)
    both = pd.concat([demand, zeros[demand.columns]], ignore_index=True)
    return both.drop_duplicates(["resource_id", "metric", "ts"], keep="first", ignore_index=True)


def _empty(*names: str) -> pd.DataFrame:
    columns = {**dict.fromkeys(names, "str"), "ts": "datetime64[us]", "value": "float64"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in columns.items()})


def _read(client: Client, text: str, start: float, end: float, step: float) -> pd.DataFrame:
    points = [point for series in client.range(text, start, end, step) for point in series.points]
    moments = pd.to_datetime([at for at, _ in points], unit="s").astype("datetime64[us]")
    return pd.DataFrame({"ts": moments, "value": [value for _, value in points]}).astype({"value": "float64"})
