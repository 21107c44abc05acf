from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cost.sizing.build import blocks_of, days_of, window_of
from trimtab.cost.model.bins import bin_of, upper_edge
from trimtab.cost.sizing.machine import RUNG_BINS, RUNGS, rung_of
from trimtab.cost.sizing.quantiles import merged, quantile, share_above, share_over

loads = st.lists(st.floats(min_value=0, max_value=1.5), min_size=1, max_size=60)


@settings(max_examples=30, deadline=None)
@given(loads, st.sampled_from([0.5, 0.9, 0.99, 1.0]))
def test_quantile_is_the_edge_over_the_exact_one(values: list[float], share: float) -> None:
    found = quantile(merged(window_of(blocks_of({"a": values}))), share)["a|cpu"]
    exact = np.quantile(values, share, method="inverted_cdf")
    assert found == upper_edge(bin_of(np.array([exact])))[0]


@settings(max_examples=30, deadline=None)
@given(loads)
def test_share_over_a_rung_is_exact(values: list[float]) -> None:
    found = share_over(merged(window_of(blocks_of({"a": values}))), RUNG_BINS).loc["a|cpu"]
    for rung, edge in zip(RUNGS, RUNG_BINS, strict=True):
        assert found[edge] == np.mean(np.array(values) > rung)


@settings(max_examples=30, deadline=None)
@given(loads, loads)
def test_histograms_merge_like_their_samples(one: list[float], other: list[float]) -> None:
    apart = merged(window_of(blocks_of({"a": one}, day=1), blocks_of({"a": other}, day=2)))
    together = merged(window_of(blocks_of({"a": one + other})))
    assert apart.lowest == together.lowest
    assert apart.weight.tolist() == together.weight.tolist()


def test_a_day_that_is_one_half_life_old_weighs_half() -> None:
    days = window_of(blocks_of({"a": [0.1]}, day=1), blocks_of({"a": [0.9]}, day=8))
    aged = merged(days, half_life_days=7.0)
    assert aged.weight[0][[0, -1]].tolist() == [0.5, 1.0]
    assert quantile(aged, 0.4)["a|cpu"] > 0.8
    assert quantile(merged(days), 0.4)["a|cpu"] < 0.2


def test_each_key_is_held_against_its_own_level() -> None:
    both = merged(window_of(blocks_of({"a": [0.1, 0.3, 0.6, 0.9], "b": [0.1, 0.3, 0.6, 0.9], "c": [0.1]})))
    level = rung_of(quantile(both, 0.5)).drop("c|cpu")
    level["b|cpu"] = 1e-9
    assert share_above(both, level).to_dict() == {"a|cpu": 0.5, "b|cpu": 1.0}


def test_a_window_is_a_run_of_each_key_s_own_days() -> None:
    past = window_of(
        days_of([[0.1], [0.2, 0.2], [0.3]]), days_of([[0.4]] * 2, resource="b"), blocks_of({"b": [0.4]}, day=9)
    )
    assert past.recent(2).sizes.tolist() == [3, 1]
    assert past.last_day.tolist() == [2, 9]
    assert past.since(np.array([1, 1])).first_day.tolist() == [1, 1]
    assert past.until(np.array([2, 2])).sizes.tolist() == [3, 2]
    seen, later = past.cut(0.5)
    assert seen.sizes.tolist() == [3, 2]
    assert later.sizes.tolist() == [1, 1]


def test_a_metric_that_came_later_is_cut_with_its_machine() -> None:
    late = days_of([[0.1]] * 2, metric="memory").assign(day=lambda rows: rows["day"] + 8)
    seen, later = window_of(days_of([[0.2]] * 10), late).cut(0.5)
    assert seen.sizes.tolist() == [5, 0]
    assert later.sizes.tolist() == [5, 2]
    assert quantile(merged(seen), 0.5).index.tolist() == ["a|cpu"]
    assert quantile(merged(later), 0.5)["a|memory"] == pytest.approx(0.1, rel=0.022)
