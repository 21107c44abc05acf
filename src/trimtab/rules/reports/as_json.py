"""JSON, and reading it back as a baseline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trimtab.rules.decode import parse_json
from trimtab.rules.texts import read_text
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from trimtab.rules.findings import Finding
    from trimtab.rules.reports.report import Report

SCHEMA = "trimtab.policy.findings/1"
Key = tuple[str, str, str]


def as_json(report: Report) -> str:
    """`{"schema", "summary", "findings": [{"rule", "severity", "urn", "message", "remedy", "waived", …}]}`."""
    document = {
        "schema": SCHEMA,
        "summary": {
            "rules": len(report.rules),
            "resources": report.resources,
            "findings": len(report.broken),
            "unknown": len(report.undecided),
            "waived": len(report.waived),
            "known": report.known,
        },
    }
    # A line a finding: as easy to compare as an indented document, and written by the fast encoder.
    lines = ",".join(f"\n    {json.dumps(_finding(finding))}" for finding in report.findings)
    head = json.dumps(document, indent=2).removesuffix("\n}")
    return f'{head},\n  "findings": [{lines}\n  ]\n}}'


def key_of(finding: Finding) -> Key:
    """What makes a finding the same one in the next run: rule, resource and status, not its wording."""
    # A waiver's finding has no resource; its text tells it from another's.
    return finding.rule, finding.urn or finding.message, finding.status


def read_baseline(path: Path) -> frozenset[Key]:
    """The findings of an earlier JSON report.

    Raises:
        UserError: the file is not such a report.
    """
    try:
        document = parse_json(read_text(path, "--baseline"))
        if document["schema"] != SCHEMA:
            raise ValueError(f"schema is {document['schema']!r}, not {SCHEMA!r}")  # noqa: TRY301  # one remedy for all
        return _keys(document["findings"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            f"--baseline {path}: is not a report of `trimtab policy check --format json`: {error}",
            remedy="write it with `trimtab policy check --state … --format json -o FILE`.",
        ) from error


def _keys(findings: Sequence[dict[str, Any]]) -> frozenset[Key]:
    return frozenset((item["rule"], item["urn"] or item["message"], item["status"]) for item in findings)


def _finding(finding: Finding) -> dict[str, Any]:
    source = finding.source
    return {
        "rule": finding.rule,
        "pack": finding.pack,
        "severity": finding.severity.value,
        "enforcement": finding.enforcement,
        "status": finding.status,
        "urn": finding.urn,
        "message": finding.message,
        "remedy": finding.remedy,
        "waived": finding.waived.model_dump(mode="json") if finding.waived else None,
        "source": {"path": source.path, "line": source.line, "column": source.column} if source else None,
    }
