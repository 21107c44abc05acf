"""Each form of the answer is valid for what reads it, and says the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_sarif import model as sarif_model  # type: ignore[import-untyped]  # it ships no py.typed

from tests.rules.states import export_of
from trimtab.rules.check import RuleSet, default_settings
from trimtab.rules.examples import resource
from trimtab.rules.port import Severity
from trimtab.rules.registry import RULES
from trimtab.rules.reports import FORMATS, Report
from trimtab.rules.reports.as_json import key_of, read_baseline
from trimtab.rules.reports.report import short_urn
from trimtab.rules.state import stack_from
from trimtab.rules.values import Opaque
from trimtab.rules.waiver import Waiver
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

# The published JSON schema, as models that were generated from it.
Sarif = sarif_model.StaticAnalysisResultsFormatSarifVersion210JsonSchema
ECR, LOGS = "aws:ecr/repository:Repository", "aws:cloudwatch/logGroup:LogGroup"
WAIVER = Waiver(rule="ecr-lifecycle", resource="*", reason="one | <image>", owner="ml", expires=date(2027, 1, 31))


def report() -> Report:
    """A report that has something of everything."""
    resources = (resource(ECR, "models"), resource(LOGS, "logs", retentionInDays=Opaque.UNKNOWN))
    found = RuleSet(RULES, default_settings(RULES)).check(stack_from(export_of(resources), "F"))
    marked = [replace(item, waived=WAIVER if item.rule == WAIVER.rule else None) for item in found]
    return Report(sorted(marked, key=lambda item: item.order), RULES, len(resources))


REPORT = report()


def test_the_sample_has_something_of_everything() -> None:
    assert REPORT.broken
    assert REPORT.undecided
    assert len(REPORT.waived) == 1
    assert len(REPORT.broken) + len(REPORT.undecided) + len(REPORT.waived) == len(REPORT.findings)
    assert all(finding.severity.rank >= 2 for finding in REPORT.at_or_above(Severity.HIGH))


def test_json_keeps_its_contract() -> None:
    document = json.loads(FORMATS["json"](REPORT))
    assert document["schema"] == "trimtab.policy.findings/1"
    assert len(document["findings"]) == len(REPORT.findings)
    for item in document["findings"]:
        assert {"rule", "severity", "urn", "message", "remedy", "waived"} <= set(item)
        assert item["status"] in {"finding", "unknown"}
    (waived,) = [item for item in document["findings"] if item["waived"]]
    assert waived["waived"] == WAIVER.model_dump(mode="json")
    assert waived["source"] == {"path": "stacks/__main__.py", "line": 12, "column": 5}


def test_sarif_is_valid_by_its_schema() -> None:
    document = json.loads(FORMATS["sarif"](REPORT))
    Sarif.model_validate(document)
    (run,) = document["runs"]
    assert len(run["results"]) == len(REPORT.findings)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region == {"startLine": 12, "startColumn": 5}
        # The standard: level is `none` unless kind is `fail` (3.27.10).
        assert (result["kind"] == "fail") == (result["level"] != "none")
    (suppressed,) = [result for result in run["results"] if "suppressions" in result]
    assert "one | <image> (owner ml, until 2027-01-31)" in suppressed["suppressions"][0]["justification"]


def test_sarif_schema_would_notice() -> None:
    document: Any = json.loads(FORMATS["sarif"](REPORT))
    document["runs"][0]["results"][0]["level"] = "terrible"
    with pytest.raises(ValueError, match="level"):
        Sarif.model_validate(document)


def test_junit_counts_what_it_holds() -> None:
    root = ET.fromstring(FORMATS["junit"](REPORT))  # noqa: S314  # our own output
    for suite in root:
        assert int(suite.attrib["tests"]) == len(list(suite))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))
    failed = {case.attrib["name"] for case in root.iter("testcase") if case.find("failure") is not None}
    assert failed == {finding.rule for finding in REPORT.broken}
    assert {case.attrib["name"] for case in root.iter("testcase")} == {rule.id for rule in RULES}


def test_markdown_has_a_row_for_what_counts_and_folds_the_rest() -> None:
    text = FORMATS["markdown"](REPORT)
    rows = [line for line in text.splitlines() if line.startswith("| ") and "severity" not in line]
    assert len(rows) == len(REPORT.broken)
    assert all(row.replace("\\|", "").count("|") == 6 for row in rows)
    assert "<details><summary>1 waived</summary>" in text
    assert "one \\| &lt;image>" in text


def test_table_has_every_finding_with_its_text_and_remedy() -> None:
    text = FORMATS["table"](REPORT)
    for finding in REPORT.findings:
        assert finding.rule in text
        assert finding.message in text
    for finding in REPORT.broken:
        assert finding.remedy in text
    assert text.splitlines()[-1] == REPORT.summary


@pytest.mark.parametrize("name", list(FORMATS))
def test_an_empty_report_can_be_written(name: str) -> None:
    assert FORMATS[name](Report([], RULES, 0))


@pytest.mark.parametrize("name", list(FORMATS))
@given(text=st.text(), urn=st.text())
def test_any_text_can_be_written(name: str, text: str, urn: str) -> None:
    odd = replace(REPORT.findings[0], message=text, urn=urn, source=None)
    written = FORMATS[name](Report([odd], RULES, 1))
    if name == "junit":
        ET.fromstring(written)  # noqa: S314  # our own output
    if name == "sarif":
        Sarif.model_validate(json.loads(written))


def test_a_report_is_a_baseline(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(FORMATS["json"](REPORT), encoding="utf-8")
    known = read_baseline(path)
    assert {key_of(finding) for finding in REPORT.findings} == known
    # What was only unknown then, and is broken now, is new.
    undecided = REPORT.undecided[0]
    assert key_of(replace(undecided, status="finding")) not in known


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"schema": "other", "findings": []}',
        '{"schema": "trimtab.policy.findings/1"}',
        '{"schema": "trimtab.policy.findings/1", "findings": [{"rule": "x"}]}',
    ],
)
def test_what_is_no_report_is_no_baseline(tmp_path: Path, text: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="is not a report of"):
        read_baseline(path)


@pytest.mark.parametrize(
    ("urn", "short"),
    [
        ("urn:pulumi:s::p::aws:s3/bucket:Bucket::data", "aws:s3:Bucket data"),
        ("urn:pulumi:s::p::trimtab:index:Store$aws:s3/bucketV2:BucketV2::data", "aws:s3:BucketV2 data"),
        ("urn:pulumi:s::p::kubernetes:apps/v1:Deployment::llm", "kubernetes:apps/v1:Deployment llm"),
        ("", "-"),
    ],
)
def test_a_urn_is_shown_as_the_engine_does(urn: str, short: str) -> None:
    assert short_urn(urn) == short
