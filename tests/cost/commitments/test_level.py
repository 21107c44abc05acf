"""The best level against every level there is, and against the newsvendor's quantile."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.cost.commitments.level import Hour, best_level, hour, outcome

CENTS = st.integers(1, 400).map(lambda cents: Decimal(cents) / 100)
PARTS = st.lists(st.tuples(CENTS, CENTS), max_size=3)


@given(st.lists(PARTS, min_size=1, max_size=12))
def test_no_other_level_saves_more(parts: list[list[tuple[Decimal, Decimal]]]) -> None:
    hours = [hour(one) for one in parts]
    best = outcome(hours, best_level(hours)).saving
    assert best >= 0
    for level in range(0, 1300, 13):
        assert outcome(hours, Decimal(level) / 100).saving <= best


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(1, 99))
def test_nodes_are_whole_and_as_good_as_any_number(counts: list[int], percent: int) -> None:
    unit = Decimal(percent) / 100
    hours = [hour([(unit * count, Decimal(count))]) for count in counts]
    level = best_level(hours, unit)
    assert (level / unit) % 1 == 0
    assert outcome(hours, level).saving == max(outcome(hours, unit * count).saving for count in range(11))


def test_of_one_rate_it_is_the_newsvendor_s_quantile() -> None:
    # 100 hours of 1, 2, ... 100 on demand at 70 % of the price: worth it up to the level that 70 % of hours reach.
    hours = [hour([(Decimal(cost) * Decimal("0.7"), Decimal(cost))]) for cost in range(1, 101)]
    assert best_level(hours) == Decimal("0.7") * 30


def test_the_largest_discount_is_used_first() -> None:
    one = hour([(Decimal(8), Decimal(10)), (Decimal(2), Decimal(10)), (Decimal(5), Decimal(4))])
    assert one == Hour(((Decimal(2), Decimal(10)), (Decimal(8), Decimal(10))))
    assert one.covered(Decimal(6)) == (Decimal(6), Decimal(15))
    assert one.covered(Decimal(20)) == (Decimal(10), Decimal(20))


@pytest.mark.parametrize("parts", [[], [(Decimal(2), Decimal(1))]])
def test_where_nothing_is_cheaper_nothing_is_committed_to(parts: list[tuple[Decimal, Decimal]]) -> None:
    assert best_level([hour(parts)] * 5) == 0
