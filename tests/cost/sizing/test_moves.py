"""Level shifts and trends, and the rhythms and bursts that are neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from tests.cost.sizing.build import days_of
from trimtab.cost.sizing.moves import Moved, daily_levels, moves

if TYPE_CHECKING:
    from collections.abc import Sequence

WEEK = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.4, 0.4])


def blocks(levels: Sequence[float] | np.ndarray, samples: int = 288) -> pd.DataFrame:
    """Days of one key with these means; NaN: no sample."""
    there = [(day, level) for day, level in enumerate(levels) if np.isfinite(level)]
    frame = pd.DataFrame(there, columns=["day", "level"])
    return frame.assign(key=0, n=samples, total=frame["level"] * samples)


def moved(levels: Sequence[float] | np.ndarray) -> Moved | None:
    return moves(daily_levels(blocks(levels))).get(0)


def noisy(levels: np.ndarray, share: float = 0.1) -> np.ndarray:
    drawn: np.ndarray = levels * np.random.default_rng(3).normal(1, share, len(levels))
    return drawn


def test_a_step_is_a_level_shift_with_its_day() -> None:
    found = moved(noisy(np.repeat([0.1, 0.3], [20, 8])))
    assert found is not None
    assert (found.what, found.day, found.days, found.up) == ("level-shift", 20, 8, True)
    assert found.before == pytest.approx(0.1, rel=0.1)
    assert found.after == pytest.approx(0.3, rel=0.1)


def test_a_fresh_step_is_seen_on_its_first_day() -> None:
    found = moved(noisy(np.repeat([0.1, 0.3], [20, 1])))
    assert found is not None
    assert (found.what, found.days) == ("level-shift", 1)


def test_a_line_is_a_trend_and_not_a_shift() -> None:
    found = moved(noisy(np.linspace(0.1, 0.3, 28), 0.03))
    assert found is not None
    assert (found.what, found.up) == ("trend", True)
    assert found.weekly == pytest.approx(7 * (0.2 / 27) / 0.3, rel=0.15)


def test_a_falling_line_is_a_trend_too() -> None:
    found = moved(np.linspace(0.3, 0.1, 28))
    assert found is not None
    assert (found.what, found.up) == ("trend", False)
    assert found.weekly < 0


@pytest.mark.parametrize(
    "levels",
    [
        noisy(np.full(28, 0.2)),
        np.tile(WEEK, 4),
        WEEK,  # one week: the weekend is no new level
        np.concatenate([WEEK, WEEK[:6]]),
        np.tile(WEEK, 2)[:12],
        np.repeat([0.1, 0.13], 14),  # within the room that any rule leaves
        np.repeat([0.1, 0.3], [3, 3]),  # too short to know either level
        np.where(np.arange(28) == 9, 0.9, 0.2),  # one busy day long ago
    ],
    ids=["steady", "weeks", "week", "saturday", "friday", "little", "short", "burst"],
)
def test_what_is_no_move(levels: np.ndarray) -> None:
    assert moved(levels) is None


def test_gaps_and_broken_days_do_not_hide_or_make_a_move() -> None:
    levels = np.repeat([0.1, 0.3], [20, 8])
    levels[[3, 11, 22]] = np.nan
    found = moved(levels)
    assert found is not None
    assert (found.day, found.days) == (20, 7)
    steady = blocks(np.full(20, 0.2))
    night = pd.DataFrame({"day": [20], "level": [0.8], "key": [0], "n": [20], "total": [16.0]})
    assert moves(daily_levels(pd.concat([steady, night]))) == {}  # the last day has begun, no more


def test_all_keys_are_judged_at_once_and_apart() -> None:
    step = days_of([[0.1] * 10] * 20 + [[0.4] * 10] * 8, resource="a")
    calm = days_of([[0.1] * 10] * 28, resource="b")
    both = pd.concat([step, calm])
    both["key"] = both["key"].map({"a|cpu": 1, "b|cpu": 2})
    both["total"] = both["n"] * 2.0 ** (both["bin"] / 32)
    assert list(moves(daily_levels(both))) == [1]


def test_it_is_said_with_both_levels_and_the_day() -> None:
    found = Moved("level-shift", 20_454, 5, 0.1, 0.3)
    assert found.said(lambda level: f"{level:.0%}") == "level-shift: the daily mean was 10% and is 30% since 2026-01-01"
