"""Whether a cron expression holds at a minute, as the two scaling services of AWS write them.

EC2 Auto Scaling takes crontab's five fields, Application Auto Scaling `cron(…)` with a sixth for the year; both in UTC.
Numbers of days differ (crontab's Sunday is 0, the other's is 1); names do not.
https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_ANY = frozenset({"*", "?"})
_CRONTAB_FIELDS = 5
_PART = re.compile(r"(\*|\w+)(?:-(\w+))?(?:/(\d+))?")


def holds(expression: str, moment: datetime) -> bool:
    """Whether `expression` names the minute of `moment`, which is in UTC.

    Raises:
        ValueError: it is no cron expression that this reads (`at(…)`, `rate(…)`, `L`, `W` and `#` are not).
    """
    fields = expression.removeprefix("cron(").removesuffix(")").split()
    if len(fields) not in {_CRONTAB_FIELDS, _CRONTAB_FIELDS + 1}:
        raise ValueError(f"{expression!r} has {len(fields)} fields; cron has 5, and 6 where the year is one")
    aws = len(fields) > _CRONTAB_FIELDS
    minute, hour, day, month, weekday, *year = fields
    of_month = _in(day, moment.day, first=1, last=31)
    of_week = _in(weekday, moment.isoweekday() % 7 + aws, first=int(aws), last=6 + aws, names=_DAYS)
    # Crontab's own rule: where both days are given, either is enough.
    both = day not in _ANY and weekday not in _ANY
    return (
        _in(minute, moment.minute, first=0, last=59)
        and _in(hour, moment.hour, first=0, last=23)
        and _in(month, moment.month, first=1, last=12, names=_MONTHS)
        and (of_month or of_week if both else of_month and of_week)
        and all(_in(one, moment.year, first=1970, last=2199) for one in year)
    )


def _in(field: str, value: int, *, first: int, last: int, names: tuple[str, ...] = ()) -> bool:
    return field in _ANY or any(_matches(part, value, first, last, names) for part in field.split(","))


def _matches(part: str, value: int, first: int, last: int, names: tuple[str, ...]) -> bool:
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(f"{part!r} is no part of a cron field")
    start, end, step = found.groups()
    low = first if start == "*" else _number(start, first, names)
    high = _number(end, first, names) if end else last if step or start == "*" else low
    within = low <= value <= high if low <= high else value >= low or value <= high
    return within and (value - low) % int(step or 1) == 0


def _number(text: str, first: int, names: tuple[str, ...]) -> int:
    if text.isdecimal():
        # Crontab's Sunday is 7 too.
        return 0 if names == _DAYS and not first and text == "7" else int(text)
    if text.upper() in names:
        return names.index(text.upper()) + first
    raise ValueError(f"{text!r} is neither a number nor a name")
