from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.cost.model.bins import LOWEST, PER_OCTAVE, bin_of, upper_edge
from trimtab.cost.sizing.machine import RUNG_BINS, RUNGS


@pytest.mark.parametrize(("rung", "edge"), list(zip(RUNGS, RUNG_BINS, strict=True)))
def test_every_rung_is_an_upper_edge(rung: float, edge: int) -> None:
    assert upper_edge(np.array([edge]))[0] == rung
    assert bin_of(np.array([rung]))[0] == edge
    assert bin_of(np.array([np.nextafter(rung, 2)]))[0] == edge + 1


@given(st.floats(min_value=2**-8, max_value=100))
def test_an_edge_is_never_below_its_sample_and_at_most_one_bin_above(share: float) -> None:
    edge = float(upper_edge(bin_of(np.array([share])))[0])
    assert share * (1 - 1e-12) <= edge <= share * 2 ** (1 / PER_OCTAVE) * (1 + 1e-12)


def test_zero_and_tiny_loads_share_the_lowest_bin() -> None:
    assert bin_of(np.array([0.0, 1e-9, 2**-8])).tolist() == [LOWEST] * 3
