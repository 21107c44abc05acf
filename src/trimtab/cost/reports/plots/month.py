"""The month as it adds up: spent, expected, range, budget."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from matplotlib.dates import DateFormatter, DayLocator

from trimtab.cost.reports.plots.canvas import COLOUR, Plot, Width, canvas
from trimtab.cost.reports.words import likely, money, month

if TYPE_CHECKING:
    from trimtab.cost.reports.model import Forecast

_SCALES = ((1_000_000, "M"), (1_000, "k"))


def month_plot(ahead: Forecast, budget: Decimal | None, currency: str, until: date) -> Plot:
    """Draw spend added up day by day; `until` is the last day that has begun."""
    spent, expected = money(ahead.so_far, currency), money(ahead.expected, currency)
    summary = f"{spent} of {month(ahead.month)} is spent; {expected} is expected at its end"
    if ahead.low != ahead.high:
        summary += f", between {money(ahead.low, currency)} and {money(ahead.high, currency)}"
    if budget is not None and ahead.over_budget is not None:
        summary += f". The budget is {money(budget, currency)}; to end over it is {likely(ahead.over_budget)} likely"
    return Plot(
        "month", f"Spend of {month(ahead.month)}", f"{summary}.",
        _draw(ahead, budget, currency, until, Width.WIDE), _draw(ahead, budget, currency, until, Width.NARROW),
    )  # fmt: skip


def _draw(ahead: Forecast, budget: Decimal | None, currency: str, until: date, width: Width) -> str:
    with canvas(width, 3.0, "month") as (figure, axes, done):
        # A point is the end of its day, which is where the next one begins.
        days = [ahead.path[0].day, *(one.day + timedelta(days=1) for one in ahead.path)]
        expected = [0.0, *(float(one.expected) for one in ahead.path)]
        low = [0.0, *(float(one.low) for one in ahead.path)]
        high = [0.0, *(float(one.high) for one in ahead.path)]
        now = sum(one.day < until for one in ahead.path) + 1
        axes.fill_between(days[:now], expected[:now], color=COLOUR["used"], linewidth=0, label="spent")
        if now < len(days):
            axes.fill_between(days[now - 1 :], low[now - 1 :], high[now - 1 :], color=COLOUR["idle"], linewidth=0,
                              label="range")  # fmt: skip
            axes.plot(days[now - 1 :], expected[now - 1 :], color=COLOUR["ink"], linewidth=1.6, label="expected")
        if budget is not None:
            axes.axhline(float(budget), color=COLOUR["accent"], linewidth=1.4, linestyle=(0, (4, 3)), label="budget")
        axes.set_ylim(0, max(*high, float(budget or 0)) * 1.08)
        axes.margins(x=0)
        axes.yaxis.set_major_formatter(lambda value, _: _short(value, currency))
        # No mark after the 28th (22nd): the next month's first stands there, and both would be one over the other.
        marks = (1, 8, 15, 22) if width is Width.NARROW else range(1, 29, 3)
        axes.xaxis.set_major_locator(DayLocator(bymonthday=marks))  # type: ignore[no-untyped-call]  # theirs
        axes.xaxis.set_major_formatter(DateFormatter("%d %b"))  # type: ignore[no-untyped-call]  # theirs
        figure.legend(loc="outside upper left", ncols=2 if width is Width.NARROW else 4, frameon=False,
                      handlelength=1.4, columnspacing=1.0, borderaxespad=0)  # fmt: skip
    return done[0]


def _short(value: float, currency: str) -> str:
    """Write thousands from 10,000 on, millions from ten million on: what a reader sees."""
    divisor, sign = next((one for one in _SCALES if value >= 10 * one[0]), (1, ""))
    return f"{money(Decimal(round(value / divisor)), currency)}{sign}".replace(".00", "")
