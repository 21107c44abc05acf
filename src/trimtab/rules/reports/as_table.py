"""Text for a terminal."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

from rich.console import Console

from trimtab.rules.reports.report import short_urn

if TYPE_CHECKING:
    from rich.table import Table

    from trimtab.rules.findings import Finding
    from trimtab.rules.reports.report import Report

_NARROWEST = 100
_HEAD = ("severity", "rule", "resource", "where")
_INDENT = " " * 10


def as_table(report: Report) -> str:
    """Two lines a finding: what and where, then what is wrong; the remedies and the counts below."""
    rows = [_HEAD, *(_row(finding) for finding in report.findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    texts = ["", *(f"\n{_INDENT}{_printable(finding.message)}" for finding in report.findings)]
    listed = [line + text for line, text in zip(lines, texts, strict=True)] if report.findings else []
    remedies = {finding.rule: finding.remedy for finding in report.broken}
    advice = ["", "remedies:", *(f"  {rule}: {remedy}" for rule, remedy in remedies.items())] if remedies else []
    return "\n".join([*listed, *advice, "", report.summary]).lstrip("\n")


def render(table: Table) -> str:
    """A rich table as plain text, as wide as the terminal."""
    width = max(_NARROWEST, shutil.get_terminal_size().columns)
    buffer = io.StringIO()
    Console(file=buffer, width=width, color_system=None).print(table)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _row(finding: Finding) -> tuple[str, ...]:
    at = f"{finding.source.path}:{finding.source.line}" if finding.source else ""
    return _severity(finding), finding.rule, _printable(short_urn(finding.urn)), _printable(at)


def _severity(finding: Finding) -> str:
    if finding.waived is not None:
        return "waived"
    return "unknown" if finding.status == "unknown" else finding.severity.value


def _printable(text: str) -> str:
    """Text that cannot move a terminal's cursor or break a line."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
