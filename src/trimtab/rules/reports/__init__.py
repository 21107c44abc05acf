"""A check's answer in the forms that people and machines read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.reports.as_json import as_json
from trimtab.rules.reports.as_junit import as_junit
from trimtab.rules.reports.as_markdown import as_markdown
from trimtab.rules.reports.as_sarif import as_sarif
from trimtab.rules.reports.as_table import as_table
from trimtab.rules.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "table": as_table,
    "json": as_json,
    "sarif": as_sarif,
    "junit": as_junit,
    "markdown": as_markdown,
}

__all__ = ["FORMATS", "Report"]
