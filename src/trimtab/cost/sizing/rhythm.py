"""Whether a load has a rhythm, and floors by hour of the week from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from trimtab.cost.model import HOURS_PER_WEEK
from trimtab.cost.sizing.plan import hour_of_week
from trimtab.cost.sizing.windows import in_windows

if TYPE_CHECKING:
    from trimtab.cost.model import Replicas
    from trimtab.cost.model.reduced import Series

ByHour = Literal["none", "any", "windows"]

# A profile is believed where, learnt from the first half, it explains at least half of the second half's
# variance: then the hour tells more of the load than everything else together.
EXPLAINED = 0.5

# Two of each hour are needed: one to learn from and one to be judged on.
_LEAST_DAYS = {24: 2.0, HOURS_PER_WEEK: 14.0}


def profile(hours: np.ndarray, load: np.ndarray, period: int) -> np.ndarray:
    """Return the median load of each of `period` hours; the median of all where an hour was not seen."""
    frame = pd.DataFrame({"hour": hours % period, "load": load}).dropna()
    medians = frame.groupby("hour")["load"].median().reindex(range(period))
    filled: np.ndarray = medians.fillna(float(frame["load"].median())).to_numpy()
    return filled


def explained(demand: Series, period: int) -> float:
    """Return the share of the second half's variance that the first half's profile explains; at most 1.

    Zero where the history is too short for it, or where the load does not vary.
    """
    load = demand.replicas
    if len(load) * demand.step_minutes < _LEAST_DAYS[period] * 1_440:
        return 0.0
    hours = hour_of_week(demand.seconds)
    half = len(load) // 2
    first, later = load[:half], load[half:]
    if not np.isfinite(first).any() or not np.isfinite(later).any():
        return 0.0
    expected = profile(hours[:half], first, period)[hours[half:] % period]
    spread = float(np.nanvar(later))
    return 1 - float(np.nanmean((later - expected) ** 2)) / spread if spread > 0 else 0.0


def hourly_plans(demand: Series, flat: Replicas, by_hour: ByHour = "any") -> list[Replicas]:
    """Return the plan with floors by hour for the better period (day or week), or none without a rhythm.

    They stand on the flat plan's floor and rise above it in the busy hours, before the load does.

    Args:
        demand: the load.
        flat: the plan without them.
        by_hour: how the declaration can carry them.
    """
    if by_hour == "none":
        return []
    shares = {period: explained(demand, period) for period in (24, HOURS_PER_WEEK)}
    period = max(shares, key=lambda one: shares[one])
    if shares[period] < EXPLAINED:
        return []
    levels = profile(hour_of_week(demand.seconds), demand.replicas, period)
    hours = np.arange(HOURS_PER_WEEK) % period
    floors = np.clip(np.ceil(levels[hours] - 1e-9), flat.min, flat.max).astype(int)
    if by_hour == "windows":
        floors = in_windows(floors)
    return [flat.model_copy(update={"hourly": tuple(floors.tolist())})]
