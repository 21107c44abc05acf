"""Markdown for a pull-request comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.reports.report import short_urn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.rules.findings import Finding
    from trimtab.rules.reports.report import Report


def as_markdown(report: Report) -> str:
    """A heading, a line of counts, a table of what counts, and what is waived or unknown folded away."""
    lines = ["### Policy", "", report.summary, ""]
    if report.broken:
        lines += ["| severity | rule | resource | finding | remedy |", "|---|---|---|---|---|"]
        lines += [_row(finding) for finding in report.broken]
    else:
        lines.append("Every rule that could be judged holds.")
    waived = [
        f"`{finding.rule}` {_cell(short_urn(finding.urn))}: {_cell(finding.waived.reason)}"
        f" ({_cell(finding.waived.owner)}, until {finding.waived.expires})"
        for finding in report.waived
        if finding.waived
    ]
    undecided = [f"`{f.rule}` {_cell(short_urn(f.urn))}: {_cell(f.message)}" for f in report.undecided]
    return "\n".join([*lines, *_folded("waived", waived), *_folded("unknown until update", undecided)])


def _row(finding: Finding) -> str:
    at = f"<br>{_cell(finding.source.path)}:{finding.source.line}" if finding.source else ""
    return (
        f"| {finding.severity.value} | `{finding.rule}` | {_cell(short_urn(finding.urn))}{at} "
        f"| {_cell(finding.message)} | {_cell(finding.remedy)} |"
    )


def _folded(title: str, items: Iterable[str]) -> list[str]:
    entries = [f"- {item}" for item in items]
    if not entries:
        return []
    return ["", f"<details><summary>{len(entries)} {title}</summary>", "", *entries, "", "</details>"]


def _cell(text: str) -> str:
    """Text that neither ends a table's cell nor becomes markup."""
    escaped = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return " ".join(escaped.split())
