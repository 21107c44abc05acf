"""Futures of daily spend: seasonal naive with drift, and a block bootstrap for the range.

A day costs what the same weekday cost a week before, plus a drift (Hyndman and Athanasopoulos, Forecasting: Principles
and Practice, 3rd ed., 5.2). The drift is the median of the past weekly differences, so that one step (a pool that was
made larger once) does not go on for ever. The range comes from futures that add past errors, drawn as whole weeks in
a row (5.5 there; moving blocks: Kuensch 1989), because the errors of neighbouring days are alike.

What is out of the ordinary is in none of the past days that are given here. Where it has not ended, it goes on for a
part of the days ahead that is drawn evenly between none and all, as nothing is known of how long it will.

    past      | 10 10 10 … | 10 10 10 …    differences 0, drift 0, errors 0: every future is 10 a day
    past      | 10 10 10 … | 12 12 12 …    differences 2, drift 2: 14 next week
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WEEK = 7
LEAST_DAYS = 3 * WEEK
"""Two weeks of differences: one alone would be a drift without an error."""
MOST_DAYS = 8 * WEEK
DRAWS = 4000
_SEED = 20260101  # the same report twice is the same


@dataclass(frozen=True)
class Futures:
    """Spend of the days ahead.

    Attributes:
        expected: one value a day: the method's own forecast, with no error added.
        drawn: one row a simulated future, one column a day.
    """

    expected: np.ndarray
    drawn: np.ndarray


def futures(daily: np.ndarray, days: int, lasting: float = 0.0) -> Futures:
    """Foresee the `days` after the last one of `daily`.

    Args:
        daily: spend of whole days, oldest first; at least `LEAST_DAYS`.
        days: how far ahead.
        lasting: what anomalies that have not ended cost more a day; negative: less.
    """
    past = daily[-MOST_DAYS:]
    differences = past[WEEK:] - past[:-WEEK]
    drift = float(np.median(differences))
    weeks = -(-days // WEEK)
    ahead = past[-WEEK:] + drift * np.arange(1, weeks + 1)[:, None]
    dice = np.random.default_rng(_SEED)
    # How sure the drift is, is told by the drifts of pasts that are put together anew from the same weeks.
    drifts = np.median(_blocks(differences, len(differences) // WEEK, dice), axis=(1, 2)) - drift
    astray = drifts[:, None, None] * np.arange(1, weeks + 1)[:, None]
    drawn = ahead + astray + np.cumsum(_blocks(differences - drift, weeks, dice), axis=1)
    more = lasting * np.clip(dice.uniform(0, days, size=(DRAWS, 1)) - np.arange(days), 0, 1)
    half = lasting * np.clip(days / 2 - np.arange(days), 0, 1)
    return Futures(
        np.clip(ahead.ravel()[:days] + half, 0, None),
        np.clip(drawn.reshape(DRAWS, weeks * WEEK)[:, :days] + more, 0, None),
    )


def _blocks(values: np.ndarray, weeks: int, dice: np.random.Generator) -> np.ndarray:
    """Draw values, seven in a row: one row a draw, `weeks` of them in it."""
    starts = dice.integers(0, len(values) - WEEK + 1, size=(DRAWS, weeks))
    drawn: np.ndarray = values[starts[..., None] + np.arange(WEEK)]
    return drawn
