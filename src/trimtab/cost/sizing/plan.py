"""A fleet's plan as capacity over time, and what that capacity would have cost and hurt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.model import HOURS_PER_WEEK
from trimtab.cost.sizing.replay import reactive, wanted

if TYPE_CHECKING:
    from trimtab.cost.model import Replicas
    from trimtab.cost.model.reduced import Series

EPOCH_HOUR_OF_WEEK = 72  # 1970-01-01 0 h was a Thursday: the 73rd hour of a week that begins on Monday


def hour_of_week(seconds: np.ndarray) -> np.ndarray:
    """Return the hour of the week of each moment, Monday 0 h UTC = 0."""
    hours: np.ndarray = ((seconds // 3600 + EPOCH_HOUR_OF_WEEK) % HOURS_PER_WEEK).astype(int)
    return hours


def floor_at(plan: Replicas, demand: Series) -> np.ndarray:
    """Return the least that `plan` holds at each sample, before any scaling."""
    floor = np.full(len(demand.replicas), float(plan.min))
    if plan.hourly is not None:
        floor = np.maximum(floor, np.array(plan.hourly, dtype=float)[hour_of_week(demand.seconds)])
    return floor


def capacity(plan: Replicas, demand: Series) -> np.ndarray:
    """Return the replicas that `plan` would have held at each sample."""
    if plan.autoscale is None and plan.hourly is None:
        return np.full(len(demand.replicas), float(plan.max))
    held = floor_at(plan, demand)
    if plan.autoscale is not None:
        want = wanted(demand.replicas, plan.autoscale.target_percent)
        wait = plan.autoscale.scale_down_after_minutes
        held = np.maximum(held, reactive(want, demand.step_minutes, wait, float(plan.max)))
    clipped: np.ndarray = np.clip(held, plan.min, plan.max)
    return clipped


def over(demand: Series, held: np.ndarray) -> np.ndarray:
    """Return which samples lie over the capacity; unmeasured ones do not count."""
    with np.errstate(invalid="ignore"):
        result: np.ndarray = demand.replicas > held + 1e-9
    return result


def violation(demand: Series, held: np.ndarray) -> float:
    """Return the share of measured samples over the capacity."""
    measured = int(np.isfinite(demand.replicas).sum())
    return float(over(demand, held).sum()) / measured if measured else 0.0
