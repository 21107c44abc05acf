"""The meaning of a plan, as the file contract words it, against a plain reading sample by sample."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cost.sizing.build import series_of
from trimtab.cost.model import Autoscale, Replicas
from trimtab.cost.sizing.plan import capacity, hour_of_week, violation
from trimtab.cost.sizing.replay import lag_samples


def plainly(plan: Replicas, demand: list[float], step: float, start: float) -> list[float]:
    """Read the contract word by word."""
    lag = max(1, math.ceil(3 / step))
    held: list[float] = []
    for now in range(len(demand)):
        hour = int((start + now * step * 60) // 3600 + 72) % 168
        floor: float = max(plan.min, plan.hourly[hour] if plan.hourly else 0)
        if plan.autoscale:
            if now < lag:
                want: float = plan.max
            else:
                first = max(0, now - lag - int(plan.autoscale.scale_down_after_minutes / step + 1e-9))
                window = demand[first : now - lag + 1]
                want = max(math.ceil(one * 100 / plan.autoscale.target_percent - 1e-9) for one in window)
            floor = max(floor, want)
        elif not plan.hourly:
            floor = plan.max
        held.append(min(max(floor, plan.min), plan.max))
    return held


plans = st.builds(
    lambda low, room, hourly, target, wait: Replicas(
        min=low,
        max=low + room,
        hourly=tuple(low + (hour * 7) % (room + 1) for hour in range(168)) if hourly else None,
        autoscale=Autoscale(target_percent=target, scale_down_after_minutes=wait) if target else None,
    ),
    st.integers(0, 5),
    st.integers(0, 20),
    st.booleans(),
    st.sampled_from([None, 40, 62.5, 80]),
    st.sampled_from([0, 5, 60]),
)


@given(
    plans,
    st.lists(st.floats(0, 30), min_size=1, max_size=80),
    st.sampled_from([0.95, 1, 5, 10]),
    st.sampled_from([0, 1_767_000_000]),
)
def test_capacity_is_what_the_contract_says(plan: Replicas, demand: list[float], step: float, start: float) -> None:
    held = capacity(plan, series_of(demand, step, start))
    assert held.tolist() == plainly(plan, demand, step, start)


@pytest.mark.parametrize(("step", "lag"), [(0.95, 4), (1, 3), (2, 2), (3, 1), (5, 1), (10, 1)])
def test_a_scaler_acts_three_minutes_late_and_never_sooner_than_a_sample(step: float, lag: int) -> None:
    assert lag_samples(step) == lag


def test_the_week_begins_on_monday() -> None:
    monday = 1_767_571_200  # 2026-01-05 0 h UTC
    assert hour_of_week(np.array([monday, monday + 3600 * 167, monday + 3600 * 168])).tolist() == [0, 167, 0]


def test_gaps_are_neither_followed_nor_judged() -> None:
    demand = series_of([2, np.nan, np.nan, np.nan, np.nan, 9], step_minutes=10)
    plan = Replicas(min=1, max=20, autoscale=Autoscale(target_percent=50, scale_down_after_minutes=60))
    held = capacity(plan, demand)
    assert held.tolist() == [20, 4, 4, 4, 4, 4]
    assert violation(demand, held) == 0.5
