"""The figures that a chat shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.reports.model import Forecast, WeekOnWeek
from trimtab.cost.reports.words import change, money, month, percent

if TYPE_CHECKING:
    from trimtab.cost.reports.model import Report


def facts(report: Report) -> tuple[tuple[str, str], ...]:
    """Return label and value, what a reader asks first at the top."""
    top, currency = report.headline, report.currency
    ahead, week = report.outlook.forecast, report.outlook.week
    found = [("Cost a month at list price", money(top.monthly, currency))]
    if top.budget is not None:
        found.append(("Budget a month", money(top.budget, currency)))
    if isinstance(week, WeekOnWeek):
        against = f" ({change(week.change)} a week before)" if week.change is not None else ""
        found.append(("This week", f"{money(week.spent, currency)}{against}"))
    if isinstance(ahead, Forecast):
        span = f"{money(ahead.low, currency)} to {money(ahead.high, currency)}"
        found.append((f"Forecast of {month(ahead.month)}", f"{money(ahead.expected, currency)} ({span})"))
    found += [
        ("In use on average", percent(top.use)),
        ("Idle a month", money(top.idle, currency)),
        ("Advised next, less a month", money(top.advised, currency)),
    ]
    if report.calibration.measured:
        found.append(("Saved a month", f"{money(top.realised, currency)} of {money(top.promised, currency)} promised"))
    return tuple(found)
