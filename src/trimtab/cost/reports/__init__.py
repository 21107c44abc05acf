"""The weekly report: one model, four forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.reports.as_csv import to_csv
from trimtab.cost.reports.as_html import to_html
from trimtab.cost.reports.as_markdown import to_markdown
from trimtab.cost.reports.build import Inputs, build
from trimtab.cost.reports.model import Report

if TYPE_CHECKING:
    from collections.abc import Callable


def to_json(report: Report) -> str:
    """Write the report as its own JSON; `Report.model_validate_json` reads it back."""
    return report.model_dump_json(indent=2, by_alias=True)


FORMATS: dict[str, Callable[[Report], str]] = {
    "html": to_html,
    "markdown": to_markdown,
    "json": to_json,
    "csv": to_csv,
}

__all__ = ["FORMATS", "Inputs", "Report", "build", "to_csv", "to_html", "to_json", "to_markdown"]
