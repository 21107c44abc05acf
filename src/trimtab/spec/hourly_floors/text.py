"""The text of floors by hour: read, and written back as few windows."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS_PER_DAY, HOURS_PER_WEEK = 24, 168
NO_FLOORS = "none"

_WINDOW = r"({day})(?:-({day}))? ([0-9]{{2}})-([0-9]{{2}}) = ([1-9][0-9]{{0,4}})".format(day="|".join(DAYS))
_READ = re.compile(_WINDOW)
_SHOWN = re.sub(r"\((?!\?)", "(?:", _WINDOW)
PATTERN = rf"^({NO_FLOORS}|{_SHOWN}(?:; {_SHOWN})*)$"
FORM = "none, or windows such as mon-fri 07-19 = 4; sat-sun 10-16 = 2 (UTC)"


def windows_of(text: str) -> list[tuple[int, int, int, int, int]]:
    """Return first day, last day, first hour, hour after the last, and floor of each window."""
    return [
        (DAYS.index(first), DAYS.index(last or first), int(start), int(end), int(count))
        for first, last, start, end, count in _READ.findall(text)
    ]


def floors_by_hour(text: str, least: int) -> tuple[int, ...]:
    """Return the floor of each of the 168 hours, Monday 0 h first.

    Args:
        text: a text of the form above.
        least: what holds outside its windows.
    """
    floors = [least] * HOURS_PER_WEEK
    for first, last, start, end, count in windows_of(text):
        for day in range(first, last + 1):
            for hour in range(start, end):
                place = day * HOURS_PER_DAY + hour
                floors[place] = max(floors[place], count)
    return tuple(floors)


def highest(text: str) -> int:
    """Return the highest floor of a text; 0 where it has none."""
    return max((count for *_, count in windows_of(text)), default=0)


def constant(count: int) -> str:
    """Return the text of one floor for the whole week."""
    return f"mon-sun 00-24 = {count}"


def written(floors: Sequence[int], least: int) -> str:
    """Return the shortest text of whole windows that says `floors`, Monday 0 h first.

    Args:
        floors: 168 numbers.
        least: what holds outside the windows; a floor that is not above it is left out.
    """
    days = [_of_day(floors[day * HOURS_PER_DAY : (day + 1) * HOURS_PER_DAY], least) for day in range(len(DAYS))]
    parts = []
    for windows, group in groupby(range(len(DAYS)), key=lambda day: days[day]):
        (label,) = runs(tuple(group), "-")
        parts += [f"{label} {start:02d}-{end:02d} = {count}" for start, end, count in windows]
    return "; ".join(parts) or NO_FLOORS


def runs(days: tuple[int, ...], until: str) -> list[str]:
    """Name days by their runs: (0, 1, 2, 5) is `mon-wed` and `sat`."""
    found: list[list[int]] = []
    for day in days:
        if found and day == found[-1][-1] + 1:
            found[-1].append(day)
        else:
            found.append([day])
    return [DAYS[run[0]] + (f"{until}{DAYS[run[-1]]}" if len(run) > 1 else "") for run in found]


def _of_day(floors: Sequence[int], least: int) -> tuple[tuple[int, int, int], ...]:
    hour, windows = 0, []
    for floor, group in groupby(floors):
        length = len(list(group))
        if floor > least:
            windows.append((hour, hour + length, floor))
        hour += length
    return tuple(windows)
