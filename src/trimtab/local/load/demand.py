"""Demand at a moment, in instances' worth of work: a weekly shape and noise that depends on the moment only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from trimtab.local.load.profile import Demand

    Floats = npt.NDArray[np.float64]
    Seconds = npt.NDArray[np.int64]

HOUR, DAY, NOISE_STEP = 3600, 86_400, 300
MONDAY_OFFSET_DAYS = 3  # 1 January 1970 was a Thursday, three days after a Monday.
WORKING_DAYS = 5
BUSIEST_HOUR, SPREAD_HOURS = 14.0, 3.5
NIGHT_START_HOUR, NIGHT_END_HOUR = 1.0, 5.0


def demand_at(demand: Demand, seconds: Seconds, seed: int) -> Floats:
    """Return the demand at each moment.

    Args:
        demand: shape and level.
        seconds: moments, in seconds since the epoch (UTC).
        seed: of the noise; the same seed and moment give the same value, whatever else is asked for.

    Returns:
        Instances' worth of work, never negative, in the order of `seconds`.
    """
    hour = (seconds % DAY) / HOUR
    day = (seconds // DAY + MONDAY_OFFSET_DAYS) % 7
    level = demand.base + (demand.peak - demand.base) * _SHAPES[demand.shape](hour)
    level = level * np.where(day < WORKING_DAYS, 1.0, demand.weekend)
    return np.maximum(0.0, level * (1.0 + demand.noise * _noise(seconds // NOISE_STEP, seed)))


def _office_hours(hour: Floats) -> Floats:
    return np.asarray(np.exp(-0.5 * ((hour - BUSIEST_HOUR) / SPREAD_HOURS) ** 2))


def _round_the_clock(hour: Floats) -> Floats:
    return np.asarray(0.5 + 0.5 * np.cos((hour - BUSIEST_HOUR) / 24 * 2 * np.pi))


def _nightly_batch(hour: Floats) -> Floats:
    return np.where((hour >= NIGHT_START_HOUR) & (hour < NIGHT_END_HOUR), 1.0, 0.0)


_SHAPES = {
    "office-hours": _office_hours,
    "round-the-clock": _round_the_clock,
    "nightly-batch": _nightly_batch,
}


def _noise(step: Seconds, seed: int) -> Floats:
    """Return roughly standard normal noise, correlated over three steps.

    A counter-based generator (SplitMix64's finaliser over the step's number), so that a backfill and a live
    player agree on a moment without sharing state. The sum of three uniforms of variance 1/12 is scaled to 1.
    """
    uniforms = sum(_uniform(step + lag, seed) for lag in range(3))
    return np.asarray((uniforms - 1.5) * 2.0)


def _uniform(step: Seconds, seed: int) -> Floats:
    with np.errstate(over="ignore"):
        z = step.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return np.asarray(z / np.float64(2**64))
