"""Small inputs for sizing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.model.bins import bin_of
from trimtab.cost.model.daily import Daily
from trimtab.cost.model.reduced import Series
from trimtab.cost.sizing.window import Window

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def blocks_of(loads: Mapping[str, Sequence[float]], day: int = 0, metric: str = "cpu") -> pd.DataFrame:
    """Blocks of one day: resource → loads as shares of capacity."""
    frame = pd.DataFrame(
        [(name, int(bin_of(np.array([value]))[0])) for name, values in loads.items() for value in values],
        columns=["resource", "bin"],
    )
    rows = frame.groupby(["resource", "bin"]).size().rename("n").reset_index()
    return rows.assign(day=day, metric=metric, key=rows["resource"] + f"|{metric}")


def days_of(daily: Sequence[Sequence[float]], resource: str = "a", metric: str = "cpu") -> pd.DataFrame:
    """Blocks of consecutive days of one resource."""
    return pd.concat(
        [blocks_of({resource: loads}, day=day, metric=metric) for day, loads in enumerate(daily)],
        ignore_index=True,
    )


def window_of(*blocks: pd.DataFrame) -> Window:
    """The same as sizing sees it."""
    rows = pd.concat(blocks).groupby(["resource", "metric", "key", "day", "bin"])["n"].sum().reset_index()
    rows = rows.sort_values(["key", "day", "bin"])
    days = rows.groupby(["resource", "metric", "key", "day"]).agg(n=("n", "sum"), size=("bin", "size")).reset_index()
    days = days.sort_values(["key", "day"], ignore_index=True)
    ends = days["size"].cumsum().to_numpy()
    return Window.of(Daily(days, ends, rows["bin"].to_numpy(), rows["n"].to_numpy(), pd.DataFrame()))


def series_of(demand: Sequence[float] | np.ndarray, step_minutes: float = 1.0, start: float = 0.0) -> Series:
    """A fleet's demand."""
    return Series(start, step_minutes, np.array(demand, dtype=float), "gpu_utilization_percent")
