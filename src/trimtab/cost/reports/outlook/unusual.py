"""Hours that cost far more or less than the same hours of the weeks before.

The usual value of an hour is the median of the same hour of the week in the four weeks before; how far is far is
measured in median absolute deviations, made comparable with a standard deviation (times 1.4826). A robust z-score
over 3.5 is an outlier (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). Mean and standard deviation
would be moved by the very hours that are looked for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HOURS = 168
WEEKS = 4
LEAST_WEEKS = 3
LIMIT = 3.5
_CONSISTENT = 1.4826
_LEAST_SCALE = 0.02
"""Share of the usual level that counts as noise: a fleet that never changed has no deviation to measure by."""
_GAP = 24
"""Hours that may lie between two outliers of one anomaly: a busy week is one, not five busy days."""


@dataclass(frozen=True)
class Stretch:
    """An anomaly: hours `first` to `last` (exclusive) of the judged ones."""

    first: int
    last: int
    score: float


def usual_of(values: np.ndarray, judged: int) -> np.ndarray | None:
    """Return the usual value of each of the last `judged` hours; None where too little of the past is known."""
    past = _past(values, judged)
    return None if past is None else _middle(past)


def stretches(values: np.ndarray, judged: int) -> tuple[Stretch, ...]:
    """Return what is out of the ordinary in the last `judged` hours; nothing where too little is known.

    Args:
        values: one an hour; NaN: not known.
        judged: at most a week of hours.
    """
    past = _past(values, judged)
    if past is None:
        return ()
    usual = _middle(past)
    deviations = np.abs(past - usual)
    own = _middle(deviations)
    level = float(np.median(np.abs(usual)))
    scale = _CONSISTENT * np.maximum(own, np.median(deviations))
    scores = (values[-judged:] - usual) / np.maximum(scale, max(_LEAST_SCALE * level, 1e-9))
    found = [*_runs(scores, 1), *_runs(scores, -1)]
    return tuple(sorted(found, key=lambda one: one.first))


def _middle(weeks: np.ndarray) -> np.ndarray:
    """Return the median of each hour: a week with an unknown hour does not count, so the slow `nanmedian` need not."""
    middle: np.ndarray = np.median(weeks, axis=0)
    return middle


def _past(values: np.ndarray, judged: int) -> np.ndarray | None:
    """Return the same hours of the weeks before, one row a week, newest first."""
    end = len(values)
    rows = []
    for back in range(1, WEEKS + 1):
        first = end - judged - back * HOURS
        if first < 0:
            break
        rows.append(values[first : first + judged])
    known = [row for row in rows if not np.isnan(row).any()]
    return np.array(known) if judged and len(known) >= LEAST_WEEKS else None


def _runs(scores: np.ndarray, sign: int) -> list[Stretch]:
    places = np.flatnonzero(sign * scores > LIMIT)
    if not len(places):
        return []
    groups = np.split(places, np.flatnonzero(np.diff(places) > _GAP) + 1)
    return [
        Stretch(int(one[0]), int(one[-1]) + 1, float(sign * np.max(sign * scores[one[0] : one[-1] + 1])))
        for one in groups
    ]
