"""The report in three sentences, for whoever reads nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.reports.model import Forecast, WeekOnWeek
from trimtab.cost.reports.words import change, likely, money, month, percent, plural

if TYPE_CHECKING:
    from trimtab.cost.reports.model import Report


def summary(report: Report) -> tuple[str, ...]:
    """Say what it costs, what idles, what the month will cost, what was and will be done."""
    return tuple(one for one in (_spend(report), outlook(report), _done(report), _next(report)) if one)


def outlook(report: Report) -> str:
    """Say what the week cost against the one before, and what the month will have cost; empty where none is known."""
    return " ".join(one for one in (_week(report), _month(report)) if one)


def _week(report: Report) -> str:
    week = report.outlook.week
    if not isinstance(week, WeekOnWeek):
        return ""
    against = f", {change(week.change)} the same {week.hours} hours a week before" if week.change is not None else ""
    return f"This week has cost {money(week.spent, report.currency)}{against}."


def _month(report: Report) -> str:
    ahead, currency = report.outlook.forecast, report.currency
    if not isinstance(ahead, Forecast):
        return ""
    text = f"{month(ahead.month)} will cost about {money(ahead.expected, currency)}"
    if ahead.low != ahead.high:
        text += f" ({percent(ahead.confidence)} sure: {money(ahead.low, currency)} to {money(ahead.high, currency)})"
    if ahead.over_budget is not None:
        text += f" and is {likely(ahead.over_budget)} likely to end over the budget"
    return f"{text}."


def _spend(report: Report) -> str:
    top, currency = report.headline, report.currency
    if top.monthly is None:
        return f"None of the {plural(top.subjects, 'resource')} could be priced."
    text = f"{report.platform} costs {money(top.monthly, currency)} a month at list price"
    if top.use is not None and top.idle is not None:
        text += f"; {percent(top.use)} of it is in use on average, and {money(top.idle, currency)} a month idles"
    return f"{text}."


def _done(report: Report) -> str:
    top, currency = report.headline, report.currency
    if not top.kept and not top.rolled_back:
        return "No change was applied yet."
    text = f"{plural(top.kept, 'change')} applied and kept"
    if report.calibration.measured:
        text += (
            f": {money(top.promised, currency)} a month promised, "
            f"{money(top.realised, currency)} a month measured afterwards"
        )
    return f"{text}; {top.rolled_back} rolled back." if top.rolled_back else f"{text}."


def _next(report: Report) -> str:
    waiting = len(report.waiting)
    if not report.advice:
        return f"Nothing is advised next; {plural(waiting, 'resource')} {'waits' if waiting == 1 else 'wait'}."
    return (
        f"{plural(len(report.advice), 'change')} advised next would save "
        f"{money(report.headline.advised, report.currency)} a month; {plural(waiting, 'resource')} "
        f"{'is' if waiting == 1 else 'are'} held back or not advised."
    )
