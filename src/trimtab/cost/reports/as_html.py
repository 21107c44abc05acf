"""One HTML file: no network, no script, light and dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.cost.reports.alerts import alerts
from trimtab.cost.reports.build.spend import groups, owner_of
from trimtab.cost.reports.cut import by_price, cut
from trimtab.cost.reports.model import Forecast
from trimtab.cost.reports.plots import gpu_plot, heat_map, month_plot, promises, spend_bars, trace
from trimtab.cost.reports.plots.promises import measured
from trimtab.cost.reports.sentences import summary
from trimtab.cost.reports.templating import environment

if TYPE_CHECKING:
    from trimtab.cost.reports.model import AdviceLine, Report
    from trimtab.cost.reports.plots.canvas import Plot

TRACES = 6
"""Recommendations that are drawn; the rest has its figures in words."""


def to_html(report: Report) -> str:
    """Write the report as a self-contained page."""
    made = environment(html=True)
    made.globals.update(cut=cut, by_price=by_price, folded=lambda lines: groups(lines, owner_of))
    page = made.get_template("report.html.j2").render(
        r=report, plots=_plots(report), traces=_traces(report), summary=summary(report), alerts=alerts(report)
    )
    return _unbroken(page)


def _unbroken(page: str) -> str:
    """Keep a number and its percent sign on one line."""
    return re.sub(r"(?<=\d) %", "&nbsp;%", page)


def _plots(report: Report) -> dict[str, Plot]:
    made = {}
    if report.by_component:
        made["component"] = spend_bars(report.by_component, report.currency, "component", "Spend by component")
        made["resource"] = spend_bars(report.by_resource, report.currency, "resource", "Spend by resource")
        made["owner"] = spend_bars(report.by_owner, report.currency, "owner", "Spend by owner")
    ahead = report.outlook.forecast
    if isinstance(ahead, Forecast):
        made["month"] = month_plot(ahead, report.headline.budget, report.currency, report.until.date())
    if report.gpus is not None:
        made["gpus"] = gpu_plot(report.gpus)
    if report.heat.cells:
        made["heat"] = heat_map(report.heat)
    if measured(report.changes):
        made["promises"] = promises(report.changes, report.currency)
    return made


def _traces(report: Report) -> dict[str, Plot]:
    drawn: list[AdviceLine] = [line for line in report.advice if len(line.trace) > 1][:TRACES]
    return {line.subject: trace(line, number) for number, line in enumerate(drawn)}
