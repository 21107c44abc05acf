from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cost.sizing.build import blocks_of
from trimtab.cost.model.bins import bin_of, upper_edge
from trimtab.cost.sizing.machine import RUNG_BINS, RUNGS
from trimtab.cost.sizing.quantiles import aged, merged, quantile, share_over

loads = st.lists(st.floats(min_value=0, max_value=1.5), min_size=1, max_size=60)


@settings(max_examples=30)
@given(loads, st.sampled_from([0.5, 0.9, 0.99, 1.0]))
def test_quantile_is_the_edge_over_the_exact_one(values: list[float], share: float) -> None:
    found = quantile(merged(blocks_of({"a": values})), share)["a|cpu"]
    exact = np.quantile(values, share, method="inverted_cdf")
    assert found == upper_edge(bin_of(np.array([exact])))[0]


@settings(max_examples=30)
@given(loads)
def test_share_over_a_rung_is_exact(values: list[float]) -> None:
    found = share_over(merged(blocks_of({"a": values})), RUNG_BINS).loc["a|cpu"]
    for rung, edge in zip(RUNGS, RUNG_BINS, strict=True):
        assert found[edge] == np.mean(np.array(values) > rung)


@settings(max_examples=30)
@given(loads, loads)
def test_histograms_merge_like_their_samples(one: list[float], other: list[float]) -> None:
    apart = pd.concat([blocks_of({"a": one}, day=1), blocks_of({"a": other}, day=2)])
    together = blocks_of({"a": one + other})
    assert merged(apart).equals(merged(together))


def test_a_day_that_is_one_half_life_old_weighs_half() -> None:
    days = pd.concat([blocks_of({"a": [0.1]}, day=1), blocks_of({"a": [0.9]}, day=8)])
    assert aged(days, half_life_days=7.0).tolist() == [0.5, 1.0]
    assert quantile(merged(days, aged(days, 7.0)), 0.4)["a|cpu"] > 0.8
    assert quantile(merged(days), 0.4)["a|cpu"] < 0.2
