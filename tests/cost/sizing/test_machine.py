from __future__ import annotations

import re

import pandas as pd
import pytest

from tests.cost.sizing.build import blocks_of, days_of, window_of
from trimtab.cost.sizing.anchors import ANCHORS, oracle
from trimtab.cost.sizing.bounded import trimtab_need
from trimtab.cost.sizing.machine import choose, rung_of, walk_forward

STANDARD = 0.01


def test_the_docstring_s_rungs_are_what_it_yields() -> None:
    needs, rungs = (
        [float(number) for number in re.findall(r"[\d.]+", line)]
        for line in (rung_of.__doc__ or "").splitlines()
        if re.match(r"\s+(need|rung)  ", line)
    )
    assert rung_of(pd.Series(needs)).tolist() == rungs


@pytest.mark.parametrize(("load", "rung"), [(0.02, 0.0625), (0.1, 0.125), (0.4, 0.5), (0.9, 1.0), (1.2, 1.0)])
def test_a_steady_load_gets_the_rung_that_holds_it(load: float, rung: float) -> None:
    steady = window_of(days_of([[load] * 288] * 14))
    assert choose(steady, trimtab_need, STANDARD)["a"] == rung


def test_a_size_that_did_not_hold_last_week_is_not_advised() -> None:
    grown = window_of(days_of([[0.05] * 288] * 60 + [[0.3] * 288] * 7))
    assert choose(grown, trimtab_need, STANDARD)["a"] == 0.5


def test_a_burst_long_ago_weighs_less_than_one_last_week() -> None:
    quiet, burst = [0.05] * 288, [0.05] * 270 + [0.45] * 18
    long_ago = window_of(days_of([burst] * 2 + [quiet] * 58))
    last_week = window_of(days_of([quiet] * 58 + [burst] * 2))
    assert choose(long_ago, trimtab_need, STANDARD)["a"] < choose(last_week, trimtab_need, STANDARD)["a"]


def test_every_metric_must_fit() -> None:
    both = window_of(days_of([[0.03] * 288] * 14), days_of([[0.4] * 288] * 14, metric="memory"))
    assert choose(both, trimtab_need, STANDARD)["a"] == 0.5


def test_a_stricter_budget_never_gives_a_smaller_machine() -> None:
    spiky = window_of(days_of([[0.05] * 280 + [0.2] * 6 + [0.6] * 2] * 20))
    rungs = [choose(spiky, trimtab_need, budget)["a"] for budget in (0.05, 0.01, 0.001)]
    assert rungs == sorted(rungs)
    assert rungs[0] < rungs[-1]


def test_the_walk_forward_sees_the_growth_that_the_choice_did_not() -> None:
    grown = window_of(days_of([[0.05] * 288] * 20 + [[0.3] * 288] * 20))
    rows = walk_forward(grown, trimtab_need, STANDARD, cuts=(0.5,))
    assert rows["rung"].tolist() == [0.0625]
    assert rows["violation"].tolist() == [1.0]


def test_a_single_day_cannot_be_walked() -> None:
    assert walk_forward(window_of(blocks_of({"a": [0.1] * 10})), trimtab_need, STANDARD).empty


def test_the_oracle_keeps_the_budget_exactly() -> None:
    assert choose(window_of(days_of([[0.05] * 990 + [0.9] * 10])), oracle, STANDARD)["a"] == 0.0625
    assert choose(window_of(days_of([[0.05] * 989 + [0.9] * 11])), oracle, STANDARD)["a"] == 1.0


def test_anchors_are_what_their_rules_say() -> None:
    loads = window_of(days_of([[0.1] * 96 + [0.2] * 4] * 1))
    assert ANCHORS["krr"](loads, STANDARD)["a|cpu"] == pytest.approx(0.1, rel=0.022)
    assert ANCHORS["krr-max"](loads, STANDARD)["a|cpu"] == pytest.approx(0.2 * 1.15, rel=0.022)
    assert ANCHORS["vpa"](loads, STANDARD)["a|cpu"] == pytest.approx(0.1 * 1.15, rel=0.022)
    assert ANCHORS["compute-optimizer"](loads, STANDARD)["a|cpu"] == pytest.approx(0.2 * 1.3, rel=0.022)
