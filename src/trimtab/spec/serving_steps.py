"""Steps in which what an autoscaler of SageMaker is told may move."""

from __future__ import annotations

MOST_INVOCATIONS = 100_000
COOLDOWNS = (60, 120, 300, 600, 900, 1_200, 1_800, 2_700, 3_600, 5_400, 7_200, 10_800, 14_400, 21_600)
"""Seconds between two steps down, as far as the analyser chooses: a minute to six hours."""
_STEP = 2**0.125
"""A target moves by 9 %: what is rounded down to a step gives away less than what a day differs from the next."""


def around(target: int) -> tuple[int, ...]:
    """Return the targets from an eighth of this one to eight times it, smallest first."""
    steps = (round(target * _STEP**power) for power in range(-24, 25))
    return tuple(sorted({target, *(min(max(step, 1), MOST_INVOCATIONS) for step in steps)}))
