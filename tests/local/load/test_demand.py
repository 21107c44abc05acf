"""The load's demand: its weekly shape, and that a moment's value depends on the moment only."""

from __future__ import annotations

import numpy as np
import pytest

from trimtab.local.load.demand import DAY, HOUR, demand_at
from trimtab.local.load.profile import Demand

MONDAY = 1_767_571_200  # 2026-01-05 00:00 UTC
OFFICE = Demand(shape="office-hours", base=0.5, peak=3.0, weekend=0.2, noise=0.0)


def moments(*hours: float) -> np.ndarray:
    return np.array([MONDAY + int(hour * HOUR) for hour in hours], dtype=np.int64)


def test_office_hours_peak_at_the_busiest_hour() -> None:
    night, busiest = demand_at(OFFICE, moments(2, 14), seed=1)
    assert busiest == pytest.approx(3.0)
    assert night < 0.55


def test_weekend_is_the_stated_share_of_a_working_day() -> None:
    monday, saturday = demand_at(OFFICE, moments(14, 14 + 5 * 24), seed=1)
    assert saturday == pytest.approx(0.2 * monday)


def test_nightly_batch_is_all_or_nothing() -> None:
    batch = Demand(shape="nightly-batch", base=0.0, peak=4.0, noise=0.0)
    assert list(demand_at(batch, moments(0, 1, 4.9, 5), seed=1)) == [0.0, 4.0, 4.0, 0.0]


def test_a_moment_has_one_value_however_it_is_asked_for() -> None:
    noisy = OFFICE.model_copy(update={"noise": 0.2})
    together = demand_at(noisy, moments(1, 2, 3), seed=7)
    alone = [demand_at(noisy, moments(hour), seed=7)[0] for hour in (1, 2, 3)]
    assert list(together) == alone


def test_noise_has_the_stated_spread_and_no_bias() -> None:
    noisy = Demand(shape="round-the-clock", base=1.0, peak=1.0, noise=0.1)
    week = np.arange(MONDAY, MONDAY + 28 * DAY, 300, dtype=np.int64)
    values = demand_at(noisy, week, seed=3)
    # Standard errors of mean and deviation of 8,064 samples, three of which are correlated: 0.2 % and 0.14 %.
    assert abs(float(values.mean()) - 1.0) < 4 * 0.002
    assert abs(float(values.std()) - 0.1) < 4 * 0.0014
