"""Floors by hour as a few windows a day: each change of a floor is a scheduled action of its own in the cloud."""

from __future__ import annotations

from functools import cache

import numpy as np

SEGMENTS = 4
"""Levels of one kind of day: night, morning, busiest hours, evening."""
_HOURS, _WORKING_DAYS, _DAYS = 24, 5, 7


def in_windows(floors: np.ndarray) -> np.ndarray:
    """Return the cheapest floors that are nowhere below `floors` and change few times.

    Working days share one course and weekends another (all seven share one, where theirs are the same), each of
    `SEGMENTS` levels at most.

    Args:
        floors: 168 whole numbers, Monday 0 h first.
    """
    days = floors.reshape(_DAYS, _HOURS)
    working, weekend = days[:_WORKING_DAYS].max(axis=0), days[_WORKING_DAYS:].max(axis=0)
    stepped = [_stepped(tuple(int(floor) for floor in course)) for course in (working, weekend)]
    return np.array([*stepped[0] * _WORKING_DAYS, *stepped[1] * (_DAYS - _WORKING_DAYS)])


def _stepped(course: tuple[int, ...]) -> tuple[int, ...]:
    """Return the course of one day in `SEGMENTS` levels at most, each the highest floor within it, least in sum.

    The exact optimum, over every way to cut the day (Bellman 1961, segmentation by dynamic programming).
    """

    @cache
    def best(start: int, left: int) -> tuple[int, tuple[int, ...]]:
        if start == len(course):
            return 0, ()
        ends = range(start + 1, len(course) + 1) if left > 1 else (len(course),)
        ways = []
        for end in ends:
            level = max(course[start:end])
            cost, rest = best(end, left - 1)
            ways.append((level * (end - start) + cost, (level,) * (end - start) + rest))
        return min(ways, key=lambda way: way[0])

    return best(0, SEGMENTS)[1]
