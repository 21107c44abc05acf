"""The report as GitHub-flavoured Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trimtab.cost.reports.alerts import alerts
from trimtab.cost.reports.sentences import summary
from trimtab.cost.reports.templating import environment

if TYPE_CHECKING:
    from trimtab.cost.reports.model import Report


def to_markdown(report: Report) -> str:
    """Write the report's sections as tables."""
    made = environment(html=False)
    made.filters["cell"] = cell
    text = made.get_template("report.md.j2").render(r=report, summary=summary(report), alerts=alerts(report))
    return re.sub(r"\n{3,}", "\n\n", text)


def cell(value: object) -> str:
    """Escape what would end a table's cell or begin markup."""
    return re.sub(r"([|\\`*_<])", r"\\\1", str(value)).replace("\n", " ")
