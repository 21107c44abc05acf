"""JUnit XML: a test suite a pack, a test case a rule, as CI servers show it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from trimtab.rules.reports.report import short_urn

if TYPE_CHECKING:
    from trimtab.rules.findings import Finding
    from trimtab.rules.reports.report import Report

# XML 1.0 has no form for these characters at all.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: Report) -> str:
    """One `testsuites` document; waived and undecided cases are skipped, broken ones fail."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.rule].append(finding)
    cases = {rule.id: rule.pack for rule in report.rules} | {f.rule: f.pack for f in report.findings}
    root = ET.Element("testsuites", name="trimtab policy")
    for pack in sorted(set(cases.values())):
        _suite(root, pack, {rule: found[rule] for rule, of in sorted(cases.items()) if of == pack})
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def _suite(root: ET.Element, pack: str, cases: dict[str, list[Finding]]) -> None:
    broken = {rule for rule, found in cases.items() if any(finding.counts for finding in found)}
    skipped = {rule for rule, found in cases.items() if found} - broken
    suite = ET.SubElement(
        root,
        "testsuite",
        name=pack,
        tests=str(len(cases)),
        failures=str(len(broken)),
        skipped=str(len(skipped)),
        errors="0",
        time="0",
    )
    for rule, found in cases.items():
        case = ET.SubElement(suite, "testcase", classname=f"trimtab.{pack}", name=rule, time="0")
        if rule in broken:
            worst = next(finding for finding in found if finding.counts)
            failure = ET.SubElement(case, "failure", message=_clean(worst.message), type=worst.severity.value)
            failure.text = _clean("\n".join(_line(finding) for finding in found if finding.counts))
        elif found:
            ET.SubElement(case, "skipped", message=_clean("; ".join(_line(finding) for finding in found)))


def _line(finding: Finding) -> str:
    waived = f" (waived by {finding.waived.owner} until {finding.waived.expires})" if finding.waived else ""
    return f"{short_urn(finding.urn)}: {finding.message}{waived}"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
