"""What a fleet's plan would have done: the meaning of a plan, exactly as the file contract has it.

With `autoscale`, capacity at a moment is the wanted number (demand in replicas' worth of work, divided by the
target) of the sample 3 minutes (at least one sample) ago, or the highest wanted one within the wait before
it, never below the hour's floor, within min and max; with `hourly` alone, the floor; with neither, max.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

REACTION_MINUTES = 3.0
"""Metric delay and start of a replica, before which no scaler can act."""


def lag_samples(step_minutes: float) -> int:
    """Return how many samples ago the wanted number was measured that is in force now."""
    return max(1, math.ceil(REACTION_MINUTES / step_minutes - 1e-9))


def trailing_maximum(series: np.ndarray, samples: int) -> np.ndarray:
    """Return the highest value among the last `samples` + 1 ones; NaN are skipped."""
    return pd.Series(series).rolling(samples + 1, min_periods=1).max().to_numpy()


def wanted(demand: np.ndarray, target_percent: float) -> np.ndarray:
    """Return the whole number of replicas that keeps each at the target; NaN stays NaN."""
    return np.ceil(demand * (100.0 / target_percent) - 1e-9)


def reactive(want: np.ndarray, step_minutes: float, wait_minutes: float, start: float) -> np.ndarray:
    """Return the capacity of a scaler that follows `want`; `start` before it has seen a sample."""
    held = trailing_maximum(want, int(wait_minutes / step_minutes + 1e-9))
    lag = lag_samples(step_minutes)
    capacity = np.full(len(want), start, dtype=float)
    capacity[lag:] = held[:-lag] if lag < len(want) else held[:0]
    return np.where(np.isnan(capacity), start, capacity)
