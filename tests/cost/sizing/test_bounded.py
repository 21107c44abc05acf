"""What trimtab asks for: the budget with the confidence at stake."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np
import pytest

from tests.cost.sizing.build import days_of, window_of
from trimtab.cost.model.bins import upper_edge
from trimtab.cost.sizing.bounded import Bounded, trimtab_need
from trimtab.cost.sizing.exceedance import exceedance
from trimtab.cost.sizing.machine import choose

STANDARD = 0.01
QUIET, BUSY = [0.1] * 100, [0.1] * 94 + [0.4] * 6


def _row(name: str) -> list[str]:
    lines = (Bounded.__doc__ or "").splitlines()
    return next(line.split()[1:] for line in lines if re.match(rf"\s+{name}  ", line))


def test_the_docstring_s_confidence_is_what_it_asks_for() -> None:
    rungs = np.array([float(Fraction(rung)) for rung in _row("rung")])
    assert [f"{1 - rung:.3f}" for rung in rungs] == _row("confidence")
    assert [f"{z:.3f}" for z in trimtab_need.z(rungs)] == _row("z")


def test_a_machine_over_its_budget_that_is_worth_more_is_risked_less() -> None:
    half = np.array([0.5])
    assert Bounded(worth=0.5).z(half) == Bounded(worth=1.0).z(half) == [0.0]
    assert Bounded(worth=4.0).z(half) > Bounded(worth=2.0).z(half) > [0.0]


def test_share_and_error_are_those_of_a_ratio_over_unequal_days() -> None:
    """Against the formula, written out: 3 days of 4, 2 and 4 samples, of which 1, 0 and 2 lie over 1/4."""
    found = exceedance(window_of(days_of([[0.1, 0.1, 0.1, 0.5], [0.1, 0.1], [0.1, 0.1, 0.5, 0.5]])), 1.0)
    weight, over, size = np.array([0.25, 0.5, 1.0]), np.array([1, 0, 2]), np.array([4, 2, 4])
    total = (weight * size).sum()
    share = (weight * over).sum() / total
    error = (3 / 2 * ((weight * (over - share * size)) ** 2).sum()) ** 0.5 / total
    place = found.level.tolist().index(0.25)
    assert found.share[0, place] == pytest.approx(share)
    assert found.error[0, place] == pytest.approx(error)


def test_days_that_are_alike_leave_no_error() -> None:
    found = exceedance(window_of(days_of([BUSY] * 5)), 14.0)
    assert found.share[0, 0] == pytest.approx(1.0 if found.level[0] < 0.1 else 0.06)
    assert found.error[0] == pytest.approx(0.0, abs=1e-9)


def test_one_day_proves_nothing_but_its_highest_sample() -> None:
    need = trimtab_need(window_of(days_of([[0.1] * 999 + [0.4]])), STANDARD)
    assert need.iloc[0] == pytest.approx(0.4, rel=0.022)


def test_a_short_history_tightens_the_budget() -> None:
    """One busy day in twelve is half of the budget; after twelve days that is not sure yet, after 240 it is."""
    twelve = [BUSY] + [QUIET] * 11
    even = Bounded(half_life_days=1e6)
    assert choose(window_of(days_of(twelve)), even, STANDARD)["a"] == 0.25
    assert choose(window_of(days_of(twelve * 20)), even, STANDARD)["a"] == 0.125


def test_what_goes_over_together_counts_for_more_than_what_is_spread() -> None:
    spread = [[0.1] * 199 + [0.4]] * 12
    together = [[0.1] * 188 + [0.4] * 12] + [[0.1] * 200] * 11
    assert choose(window_of(days_of(spread)), trimtab_need, STANDARD)["a"] == 0.125
    assert choose(window_of(days_of(together[::-1])), trimtab_need, STANDARD)["a"] == 0.5


def test_the_need_is_the_smallest_level_that_is_sure() -> None:
    """One bin below it, or more, the bound is passed: nothing smaller would have done."""
    past = window_of(days_of([[0.1] * 96 + [0.2] * 4 + [0.3 + 0.01 * day] for day in range(20)]))
    need = trimtab_need(past, STANDARD).iloc[0]
    found = exceedance(past, trimtab_need.half_life_days)
    bound = found.share[0] + trimtab_need.z(found.level) * found.error[0]
    assert (bound[found.level >= need] <= STANDARD).all()
    assert bound[np.flatnonzero(found.level < need)[-1]] > STANDARD
    assert need in upper_edge(np.arange(-256, 1))


def test_what_a_history_leaves_of_the_budget_is_the_budget_less_its_error() -> None:
    past = window_of(days_of([[0.1] * 297 + [0.3] * 3, *[[0.1] * 300] * 5]))
    rung = choose(past, trimtab_need, STANDARD)
    found = exceedance(past, trimtab_need.half_life_days)
    error = found.error[0, found.level.tolist().index(0.125)]
    assert rung["a"] == 0.125
    assert error > 0
    assert trimtab_need.allowed(past, STANDARD, rung)["a"] == pytest.approx(STANDARD - 1.1503 * error, rel=1e-4)
