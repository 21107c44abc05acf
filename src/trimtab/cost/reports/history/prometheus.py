"""Units by hour from Prometheus: the number of replicas or nodes that the cluster ran."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.reports.history.units import DAYS, UnitHistory, of_points
from trimtab.cost.sources.prometheus.client import Client
from trimtab.cost.sources.prometheus.queries import RUNNING, queries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from trimtab.cost.model import Resource
    from trimtab.cost.sources.prometheus.access import Access
    from trimtab.cost.sources.prometheus.queries import Query

_STEP, _WINDOW = 3600, "1h"
_AT_ONCE = 4  # a share of the 20 queries that Prometheus evaluates at once by default


def from_prometheus(resources: Sequence[Resource], access: Access, until: datetime, days: int = DAYS) -> UnitHistory:
    """Read how many units of each fleet ran, an hour a point.

    Raises:
        WorldError: the server cannot be reached or refuses.
    """
    asked = [query for query in queries(resources, _WINDOW)[0] if query.metric == RUNNING]
    if not asked:
        return UnitHistory(pd.Timestamp(until).tz_convert(None).floor("h"))
    end = until.timestamp() // _STEP * _STEP
    start = end - timedelta(days=days).total_seconds()
    with Client(access) as client, ThreadPoolExecutor(_AT_ONCE) as pool:
        frames = list(pool.map(lambda query: _read(client, query, start, end - _STEP), asked))
    return of_points(
        pd.concat(frames, ignore_index=True), until, f"units that ran, from Prometheus {access.shown}", days
    )


def _read(client: Client, query: Query, start: float, end: float) -> pd.DataFrame:
    points = [point for series in client.range(query.text, start, end, _STEP) for point in series.points]
    moments = pd.to_datetime([at for at, _ in points], unit="s")
    frame = pd.DataFrame({"ts": moments, "units": [value for _, value in points]})
    return frame.assign(resource_id=query.resource_id).astype({"units": "float64"})
