"""When a wait counts as longer."""

from __future__ import annotations

import pytest

from trimtab.cost.apply.watch.rank import rise


def test_the_test_is_mann_and_whitney_s() -> None:
    """Worked by hand: 30 of 30 pairs are larger; (30 - 15 - 0.5) / sqrt(30 * 14 / 12) = 2.4510, p = 0.00713."""
    found = rise([float(n) for n in range(10)], [20.0, 21.0, 22.0])
    assert found is not None
    assert found.likely == pytest.approx(0.007128, abs=1e-5)
    assert (found.effect, found.before, found.after) == (1.0, 4.5, 21.0)
    assert found.counts


def test_ties_count_by_half() -> None:
    """Ranks of 1 1 2 | 1 2 2, each ten and five times: 1 is ranked 13, 2 is ranked 35.5 in the mean of its ties."""
    found = rise([1.0, 1.0, 2.0] * 10, [1.0, 2.0, 2.0] * 5)
    assert found is not None
    # Of 450 pairs 200 are larger (20 ones before, 10 twos after) and 200 alike (20 * 5 + 10 * 10).
    assert found.effect == pytest.approx((200 + 200 / 2) / 450)


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        ([1.0, 1.1] * 30, [1.0, 1.1] * 15, False),
        ([1.0, 1.1] * 30, [1.3, 1.4] * 15, True),
        ([1.0, 1.1] * 30, [1.11, 1.12] * 15, False),  # certain, and not worth going back for
        ([1.0, 3.0] * 30, [1.5, 3.1] * 15, False),  # longer, but no more often than by the half
        ([5.0] * 60, [5.0] * 30, False),
        ([0.0] * 60, [4.0] * 30, True),  # nobody waited, now everybody does
        ([3.0] * 60, [1.0] * 30, False),
    ],
)
def test_a_rise_is_certain_frequent_and_large(before: list[float], after: list[float], counts: bool) -> None:
    found = rise(before, after)
    assert found is not None
    assert found.counts is counts


@pytest.mark.parametrize(("before", "after"), [(9, 30), (60, 2), (0, 0)])
def test_too_few_are_not_compared(before: int, after: int) -> None:
    assert rise([1.0] * before, [9.0] * after) is None
