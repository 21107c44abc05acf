"""A waiver holds for what it names until its date; a stale or a broken one is said, never passed over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from trimtab.rules.check import RuleSet, default_settings
from trimtab.rules.examples import ROOT_URN, resource
from trimtab.rules.registry import RULES
from trimtab.rules.stack import Stack
from trimtab.rules.waivers import (
    EXPIRED,
    FILE_NAME,
    FILE_VARIABLE,
    UNMATCHED,
    apply_waivers,
    find_waivers,
    read_waivers,
    usual_folders,
)
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.rules.findings import Finding

KNOWN = {rule.id for rule in RULES}
DAY = date(2027, 3, 31)
ECR = "aws:ecr/repository:Repository"
RULE = next(rule for rule in RULES if rule.id == "ecr-immutable-tags")
FINDINGS = RuleSet([RULE], default_settings([RULE])).check(Stack((resource(ECR, "models"), resource(ECR, "scratch"))))

WAIVER = """
waivers:
  - rule: ecr-immutable-tags
    resource: "{resource}"
    reason: the scratch repository's tags move by design
    owner: ml-platform
    expires: 2027-03-31
"""


def applied(folder: Path, resource_glob: str, day: date = DAY) -> list[Finding]:
    path = folder / FILE_NAME
    path.write_text(WAIVER.format(resource=resource_glob), encoding="utf-8")
    return apply_waivers(FINDINGS, read_waivers(path, KNOWN), day)


@pytest.mark.parametrize("glob", ["scratch", "scr*", "urn:pulumi:*::aws:ecr/repository:Repository::scratch"])
def test_it_waives_what_it_names_and_nothing_else(tmp_path: Path, glob: str) -> None:
    found = {finding.urn.rsplit("::", 1)[1]: finding for finding in applied(tmp_path, glob)}
    assert found["scratch"].waived is not None
    assert found["scratch"].waived.owner == "ml-platform"
    assert not found["scratch"].counts
    assert found["models"].counts


def test_on_its_last_day_it_holds_and_on_the_next_it_fails(tmp_path: Path) -> None:
    assert sum(finding.counts for finding in applied(tmp_path, "scratch", DAY)) == 1
    late = applied(tmp_path, "scratch", date(2027, 4, 1))
    assert [finding.rule for finding in late if finding.counts] == [RULE.id, RULE.id, EXPIRED]
    assert "expired on 2027-03-31" in late[-1].message


def test_one_that_matches_nothing_is_a_finding(tmp_path: Path) -> None:
    found = applied(tmp_path, "gone")
    assert [finding.rule for finding in found] == [RULE.id, RULE.id, UNMATCHED]
    assert "for gone (owner ml-platform) matches no finding" in found[-1].message


def test_a_run_of_another_pack_does_not_judge_it(tmp_path: Path) -> None:
    applied(tmp_path, "gone")
    file = read_waivers(tmp_path / FILE_NAME, KNOWN).of_rules({"budget-exists"})
    assert apply_waivers([], file, DAY) == []


def test_no_file_waives_nothing() -> None:
    assert apply_waivers(FINDINGS, None) == FINDINGS


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("waivers: [", "is not valid YAML"),
        ("- rule: x", "the file: input should be a valid dictionary"),
        ("", "the file: input should be a valid dictionary"),
        ("waivers: 3", "waivers: input should be a valid list"),
        ("waivers: []\nother: 1", "other: extra inputs are not permitted"),
        (WAIVER.format(resource=""), "waivers[0].resource: string should have at least 1 character"),
        (WAIVER.format(resource="x").replace("2027-03-31", "soon"), "waivers[0].expires: input should be a valid date"),
        (WAIVER.format(resource="x").replace("    owner: ml-platform\n", ""), "waivers[0].owner: field required"),
        (WAIVER.format(resource="x").replace("expires", "until"), "waivers[0].expires: field required"),
        (
            WAIVER.format(resource="x").replace("immutable-tags", "imutable"),
            "waivers[0].rule = 'ecr-imutable': no such rule",
        ),
    ],
)
def test_a_broken_file_is_a_message_with_path_and_remedy(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_waivers(path, KNOWN)
    assert says in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.remedy


def test_a_misspelt_rule_gets_its_name(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(WAIVER.format(resource="x").replace("immutable", "imutable"), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_waivers(path, KNOWN)
    assert "did you mean ecr-immutable-tags?" in caught.value.remedy


def test_the_file_lies_beside_the_stack_unless_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FILE_VARIABLE, raising=False)
    assert find_waivers(None, usual_folders(tmp_path)) is None
    (tmp_path / "stacks").mkdir()
    beside = tmp_path / "stacks" / FILE_NAME
    beside.touch()
    assert find_waivers(None, usual_folders(tmp_path)) == beside
    (tmp_path / "Pulumi.yaml").touch()
    (tmp_path / "program").mkdir()
    assert find_waivers(None, usual_folders(tmp_path / "program")) == beside
    monkeypatch.setenv(FILE_VARIABLE, str(tmp_path / "named.yaml"))
    assert find_waivers(None, usual_folders(tmp_path)) == tmp_path / "named.yaml"
    assert find_waivers(tmp_path / "option.yaml", usual_folders(tmp_path)) == tmp_path / "option.yaml"


def test_findings_of_this_file_are_those_of_two_repositories() -> None:
    assert ROOT_URN not in {finding.urn for finding in FINDINGS}
    assert len(FINDINGS) == 2
