"""SARIF 2.1.0, with the line of the declaration (OASIS, Static Analysis Results Interchange Format, 2.1.0)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from trimtab import __version__
from trimtab.rules.port import Severity

if TYPE_CHECKING:
    from trimtab.rules.findings import Finding
    from trimtab.rules.port import AnyRule
    from trimtab.rules.reports.report import Report

# Code scanning sorts by this number (0.1 to 10); SARIF's own levels are only three.
_SCORES = {Severity.LOW: "3.0", Severity.MEDIUM: "5.0", Severity.HIGH: "8.0", Severity.CRITICAL: "9.5"}
_LEVELS = {Severity.LOW: "note", Severity.MEDIUM: "warning", Severity.HIGH: "error", Severity.CRITICAL: "error"}
# A result without a place in a file must still be shown somewhere.
_FALLBACK = "Pulumi.yaml"


def as_sarif(report: Report) -> str:
    """One run: every rule that ran, one result a finding, waivers as suppressions."""
    descriptors = [_rule(rule) for rule in report.rules]
    index = {descriptor["id"]: position for position, descriptor in enumerate(descriptors)}
    driver = {"name": "trimtab", "semanticVersion": __version__, "rules": descriptors}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index) for finding in report.findings],
    }
    return json.dumps({"version": "2.1.0", "runs": [run]}, indent=2)


def _rule(rule: AnyRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.id.title().replace("-", ""),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.remedy} {rule.code}", "markdown": f"{rule.remedy}\n\n```python\n{rule.code}\n```"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.pack, *(f"{f.value} {item}" for f, items in rule.frameworks.items() for item in items)],
            "security-severity": _SCORES[rule.severity],
        },
    }


def _result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    undecided = finding.status == "unknown"
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        # The standard wants level `none` for every kind but `fail`.
        "kind": "open" if undecided else "fail",
        "level": "none" if undecided else _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}. {finding.remedy}"},
        "locations": [_location(finding)],
        "partialFingerprints": {"ruleAndResource/v1": f"{finding.rule}|{finding.urn}|{finding.status}"},
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if finding.waived is not None:
        waiver = finding.waived
        text = f"{waiver.reason} (owner {waiver.owner}, until {waiver.expires})"
        # Without a status a suppression counts as accepted.
        result["suppressions"] = [{"kind": "external", "justification": text}]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    source = finding.source
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(source.path if source else _FALLBACK)}}
    if source:
        place["region"] = {"startLine": source.line, "startColumn": source.column}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.urn:
        name = finding.urn.rsplit("::", 1)[-1]
        location["logicalLocations"] = [{"name": name, "fullyQualifiedName": finding.urn, "kind": "resource"}]
    return location
