"""Loads that moved: level shifts and trends, from the mean of each day; all resources at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

# A week of the old level shows its weekdays and its weekend; with less, a weekend looks like a shift.
BEFORE_DAYS = 7

# Half as much again: over the 15 % to 30 % of room that rules in use leave, so the move changes what is enough.
MOVED = 1.5

# A shift (or a line) is believed where it explains most of what the days differ by; the rhythm of a week, with two
# days in seven apart, explains less than half of itself by any single step or line.
EXPLAINED = 0.7

# Ten days leave a line no weekend to hide behind; further back than four weeks says little about the next one.
TREND_DAYS, TREND_LOOK_BACK = 10, 28

# Below 10 % a week a resource has two months before its load is up by what a halving leaves free; it is looked at
# again every week until then.
TREND_WEEKLY = 0.1

# A day with less than half of the usual samples (the first, the last) has a mean of other hours than the rest.
WHOLE_DAY = 0.5


@dataclass(frozen=True)
class Moved:
    """What the daily mean of a load did.

    Attributes:
        what: `level-shift` or `trend`.
        day: first day of the new level, or of the line; days since 1970.
        days: how many days of the new level (or of the line) were seen.
        before, after: level before and after the shift, or at the line's two ends.
        weekly: growth in a week as a share of the newest level; 0 for a shift.
    """

    what: str
    day: int
    days: int
    before: float
    after: float
    weekly: float = 0.0

    @property
    def up(self) -> bool:
        """Whether there is more load than there was."""
        return self.after > self.before

    def said(self, written: Callable[[float], str]) -> str:
        """Say it in a sentence; `written` writes a level."""
        since = pd.Timestamp(self.day, unit="D").strftime("%Y-%m-%d")
        if self.what == "trend":
            return (
                f"trend: the daily mean went from {written(self.before)} to {written(self.after)} since {since}, "
                f"{self.weekly:+.0%} a week"
            )
        return f"level-shift: the daily mean was {written(self.before)} and is {written(self.after)} since {since}"


def daily_levels(blocks: pd.DataFrame) -> pd.DataFrame:
    """Return the mean load of each whole day: one row a key, one column a day (all days between first and last).

    Args:
        blocks: rows `key, day, n, total`.
    """
    days = blocks.groupby(["key", "day"])[["n", "total"]].sum().reset_index()
    usual = days.groupby("key")["n"].transform("median")
    whole = days[days["n"] >= WHOLE_DAY * usual]
    levels = whole.assign(level=whole["total"] / whole["n"]).pivot_table(index="key", columns="day", values="level")
    if levels.empty:
        return levels
    return levels.reindex(columns=range(int(levels.columns.min()), int(levels.columns.max()) + 1))


def moves(levels: pd.DataFrame) -> dict[int, Moved]:
    """Return by key what moved; keys whose load did not are absent. A trend is told from a shift by its better fit.

    Args:
        levels: as `daily_levels` returns them.
    """
    if levels.shape[1] <= BEFORE_DAYS:
        return {}
    values = levels.to_numpy(dtype=float)
    shifts, shift_error = _shifts(levels, values)
    trends, trend_error = _trends(levels, values)
    found = {}
    for place, key in enumerate(levels.index.tolist()):
        shift, trend = shifts.get(key), trends.get(key)
        one = trend if trend and (not shift or trend_error[place] < shift_error[place]) else shift
        if one:
            found[int(key)] = one
    return found


def _sums(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return running counts, sums and sums of squares of each row; gaps do not count."""
    there = np.isfinite(values)
    filled = np.where(there, values, 0.0)
    return there.cumsum(axis=1), filled.cumsum(axis=1), (filled**2).cumsum(axis=1)


def _shifts(levels: pd.DataFrame, values: np.ndarray) -> tuple[dict[int, Moved], np.ndarray]:
    """Return the step that leaves the least unexplained, where it is one, and what it leaves."""
    count, total, square = _sums(values)
    # Column s: the old level is days 0 to s, the new one the rest.
    n_before, n_after = count[:, :-1], count[:, -1:] - count[:, :-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        before, after = total[:, :-1] / n_before, (total[:, -1:] - total[:, :-1]) / n_after
        error = square[:, -1:] - n_before * before**2 - n_after * after**2
        whole = square[:, -1] - total[:, -1] ** 2 / count[:, -1]
    error = np.where((n_before >= BEFORE_DAYS) & (n_after >= 1), error, np.inf)
    at = error.argmin(axis=1)
    rows = np.arange(len(values))
    left, old, new = error[rows, at], before[rows, at], after[rows, at]
    with np.errstate(invalid="ignore"):
        moved = np.maximum(old, new) >= MOVED * np.minimum(old, new)
        clear = np.isfinite(left) & (left <= (1 - EXPLAINED) * whole) & moved & (whole > 0)
    keys = levels.index.to_numpy()
    return {
        int(keys[row]): Moved(
            "level-shift",
            int(levels.columns[at[row] + 1]),
            int(n_after[row, at[row]]),
            float(old[row]),
            float(new[row]),
        )
        for row in np.flatnonzero(clear)
    }, left


def _trends(levels: pd.DataFrame, values: np.ndarray) -> tuple[dict[int, Moved], np.ndarray]:
    """Return the line through the last four weeks, where it is one, and what it leaves over the whole past."""
    recent = values[:, -TREND_LOOK_BACK:]
    there = np.isfinite(recent)
    n = there.sum(axis=1)
    x = np.where(there, np.arange(recent.shape[1], dtype=float), np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        y = np.where(there, recent, 0.0)
        x_mean, y_mean = np.nansum(x, axis=1) / n, y.sum(axis=1) / n
        dx = np.where(there, x - x_mean[:, None], 0.0)
        dy = np.where(there, y - y_mean[:, None], 0.0)
        slope = (dx * dy).sum(axis=1) / (dx**2).sum(axis=1)
        left = ((dy - slope[:, None] * dx) ** 2).sum(axis=1)
        whole = (dy**2).sum(axis=1)
        last = recent.shape[1] - 1 - there[:, ::-1].argmax(axis=1)
        first = there.argmax(axis=1)
        start, end = y_mean + slope * (first - x_mean), y_mean + slope * (last - x_mean)
        weekly = 7 * slope / end
        clear = (n >= TREND_DAYS) & (left <= (1 - EXPLAINED) * whole) & (np.abs(weekly) >= TREND_WEEKLY)
        clear &= (end > 0) & (np.maximum(start, end) >= MOVED * np.minimum(start, end))
    keys, day = levels.index.to_numpy(), levels.columns[-recent.shape[1] :]
    return {
        int(keys[row]): Moved(
            "trend", int(day[first[row]]), int(n[row]), float(start[row]), float(end[row]), float(weekly[row])
        )
        for row in np.flatnonzero(clear)
    }, left
