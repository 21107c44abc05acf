"""Units by hour: the value that forecasts and anomalies are computed from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import numpy as np

DAYS = 63
"""Nine weeks: a week to judge, and eight of the past, within what CloudWatch keeps by the hour."""

_HOUR = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class UnitHistory:
    """Units that ran, hour by hour.

    Attributes:
        start: the first hour, UTC, without a zone.
        units: by resource, one value an hour from `start`; NaN before the first that was told. All are equally long.
        source: what told, for the reader.
        predictions: answers given in each of the same hours, by resource; NaN: none was told.
    """

    start: pd.Timestamp
    units: Mapping[str, np.ndarray] = field(default_factory=dict)
    source: str = ""
    predictions: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def hours(self) -> int:
        """Hours that the series cover."""
        return max((len(one) for one in self.units.values()), default=0)


def predictions_of(points: pd.DataFrame, until: datetime, days: int = DAYS) -> dict[str, np.ndarray]:
    """Lay counts on the same hours; an hour that told nothing stays unknown.

    Args:
        points: `resource_id, ts, value`; `ts` in UTC without a zone.
        until: end of the history.
        days: how far back.
    """
    end = pd.Timestamp(until).tz_convert(None).floor("h")
    grid = pd.date_range(end - pd.Timedelta(days=days), end - _HOUR, freq="h")
    hourly = (
        points.assign(hour=points["ts"].dt.floor("h")).groupby(["resource_id", "hour"], observed=True)["value"].sum()
    )
    return {
        str(name): one.droplevel(0).reindex(grid).to_numpy(dtype=float)
        for name, one in hourly.groupby(level=0, observed=True)
    }


def of_points(points: pd.DataFrame, until: datetime, source: str, days: int = DAYS) -> UnitHistory:
    """Lay points on whole hours up to `until` (exclusive).

    Between two points the earlier one holds: a fleet keeps its size until it is told another, and a moment without
    work tells nothing. Only what lies before the first point is not known.

    Args:
        points: `resource_id, ts, units`; `ts` in UTC without a zone.
        until: end of the history.
        source: what told.
        days: how far back.
    """
    end = pd.Timestamp(until).tz_convert(None).floor("h")
    grid = pd.date_range(end - pd.Timedelta(days=days), end - _HOUR, freq="h")
    inside = points[(points["ts"] >= grid[0]) & (points["ts"] < end)]
    hourly = (
        inside.assign(hour=inside["ts"].dt.floor("h")).groupby(["resource_id", "hour"], observed=True)["units"].mean()
    )
    series = {
        str(name): one.droplevel(0).reindex(grid).ffill().to_numpy(dtype=float)
        for name, one in hourly.groupby(level=0, observed=True)
    }
    return UnitHistory(grid[0], series, source if series else "")
