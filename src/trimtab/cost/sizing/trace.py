"""A replay, thinned to hours for drawing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.model import TracePoint

if TYPE_CHECKING:
    import numpy as np

    from trimtab.cost.model.reduced import Series

# Four weeks by the hour are 672 points: as many as a plot of usual width has pixels for.
_DAYS = 28


def trace(demand: Series, held: np.ndarray) -> tuple[TracePoint, ...]:
    """Return the highest demand and the lowest capacity of each hour of the last four weeks."""
    hour = (demand.seconds // 3600).astype(int)
    frame = pd.DataFrame({"hour": hour, "demand": demand.replicas, "held": held}).dropna()
    rows = frame[frame["hour"] > hour[-1] - 24 * _DAYS].groupby("hour").agg({"demand": "max", "held": "min"})
    return tuple(
        TracePoint(at=datetime.fromtimestamp(int(at) * 3600, tz=UTC), demand=float(high), capacity=float(low))
        for at, high, low in rows.itertuples()
    )
