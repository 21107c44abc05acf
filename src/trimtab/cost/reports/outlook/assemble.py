"""The outlook's table of contents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.model import HOURS_PER_MONTH
from trimtab.cost.reports.causes import explained
from trimtab.cost.reports.model import Cost
from trimtab.cost.reports.model.lines import UNTOLD
from trimtab.cost.reports.model.outlook import DaySpend, Outlook, Unforeseen, WeekOnWeek
from trimtab.cost.reports.outlook.anomalies import judge, total
from trimtab.cost.reports.outlook.month import forecast
from trimtab.cost.reports.outlook.series import amount, constant_hourly, spends

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from trimtab.cost.model import Pricing
    from trimtab.cost.model.journal import Run
    from trimtab.cost.reports.causes import Commits
    from trimtab.cost.reports.history import UnitHistory
    from trimtab.cost.reports.model import Line
    from trimtab.cost.reports.model.outlook import Comparison
    from trimtab.cost.reports.outlook.series import Spend

_HOURS = 168


@dataclass(frozen=True)
class Seen:
    """An outlook, and what each subject cost in the report's week: day by day, and against the week before."""

    outlook: Outlook
    days: Mapping[str, tuple[DaySpend, ...]] = field(default_factory=dict)
    weeks: Mapping[str, WeekOnWeek] = field(default_factory=dict)


def outlook(
    lines: Sequence[Line],
    history: UnitHistory | None,
    prices: Mapping[str, Pricing],
    *,
    since: datetime,
    budget: Decimal | None,
    runs: Sequence[Run],
    commits_of: Callable[[str], Commits],
    fields: Mapping[str, tuple[str, ...]],
) -> Seen:
    """Work out money over time.

    Args:
        lines: the report's subjects.
        history: units by hour, which end now; None: not asked for.
        prices: hourly price of one unit by resource id.
        since: the first moment of the report's week.
        budget: of a month.
        runs: of the stack's journal.
        commits_of: what people changed, by subject.
        fields: spec paths that can size each subject.
    """
    told = spends(lines, history, prices) if history is not None else ()
    if history is None or not told:
        nothing = Unforeseen(reason=UNTOLD)
        return Seen(Outlook(source="", forecast=nothing, week=nothing))
    start = history.start.to_pydatetime().replace(tzinfo=UTC)
    constant = constant_hourly(lines, told)
    judged = max(history.hours - _whole_hours(since - start), 0)
    seen = judge(told, start, min(judged, _HOURS))
    anomalies = tuple(
        explained(one, runs, commits_of(one.subject), fields.get(one.subject, ()), _source(lines, one.subject))
        for one in seen.anomalies
    )
    everything = total(told)
    ahead = forecast(everything, start, judged=seen, constant=constant, budget=budget)
    week = _week(everything, judged, constant)
    return Seen(
        Outlook(
            source=history.source,
            forecast=ahead,
            week=week,
            anomalies=anomalies,
            watched=seen.watched,
        ),
        {one.line.subject: _days(one, start, judged) for one in told} if judged else {},
        _weeks(lines, told, judged) if isinstance(week, WeekOnWeek) else {},
    )


def _source(lines: Sequence[Line], subject: str) -> str:
    return next((line.source_position for line in lines if line.subject == subject), "")


def _whole_hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)


def _week(everything: np.ndarray, judged: int, constant: Decimal) -> Comparison:
    before = everything[-judged - _HOURS : len(everything) - _HOURS] if judged else everything[:0]
    if not judged or len(before) < judged or np.isnan(before).any():
        return Unforeseen(reason="nothing told how many units ran in the week before")
    return WeekOnWeek(
        spent=amount(float(everything[-judged:].sum())) + constant * judged,
        before=amount(float(before.sum())) + constant * judged,
        hours=judged,
    )


def _weeks(lines: Sequence[Line], told: Sequence[Spend], judged: int) -> dict[str, WeekOnWeek]:
    """Return the same by subject; it adds up to the whole, so hours before a subject was known cost nothing."""
    found = {
        line.subject: WeekOnWeek(spent=flat, before=flat, hours=judged)
        for line in lines
        if isinstance(line.cost, Cost)
        for flat in (line.cost.monthly / HOURS_PER_MONTH * judged,)
    }
    for one in told:
        spent, before = one.money[-judged:], one.money[-judged - _HOURS : len(one.money) - _HOURS]
        found[one.line.subject] = WeekOnWeek(
            spent=amount(float(np.nansum(spent))), before=amount(float(np.nansum(before))), hours=judged
        )
    return found


def _days(spend: Spend, start: datetime, judged: int) -> tuple[DaySpend, ...]:
    """Cut the judged hours at midnight."""
    first = start + timedelta(hours=len(spend.money) - judged)
    money = spend.money[-judged:]
    found = []
    for begin in range(0, judged, 24):  # the week begins at midnight
        day = money[begin : begin + 24]
        known = day[~np.isnan(day)]
        if len(known):
            at = (first + timedelta(hours=begin)).date()
            found.append(DaySpend(day=at, hours=float(len(known)), cost=amount(float(known.sum()))))
    return tuple(found)
