"""What running rules promises: unknown is said, what was certain stays, and nothing is judged on half a stack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trimtab.rules.check import RuleSet, default_settings
from trimtab.rules.examples import example, resource
from trimtab.rules.port import ResourceRule, RuleConfig, Severity
from trimtab.rules.registry import RULES
from trimtab.rules.stack import Stack
from trimtab.rules.values import Opaque

if TYPE_CHECKING:
    from trimtab.rules.findings import Finding
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource

THING = "any:thing:Thing"


def check(thing: Resource, _: RuleConfig) -> Messages:
    for part in thing.props.blocks("parts"):
        if part.text("state") == "bad":
            yield f"{part.path} is bad"


RULE = ResourceRule(
    id="parts-are-good",
    title="Parts are good",
    pack="audit",
    severity=Severity.LOW,
    types=(THING,),
    why="Because.",
    remedy="Mend it:",
    code="x=1",
    check=check,
    fails=example(resource(THING, "a", parts=[{"state": "bad"}])),
    passes=example(resource(THING, "a")),
)


def run(*resources: Resource) -> list[Finding]:
    return RuleSet([RULE], default_settings([RULE])).check(Stack(resources))


def test_what_was_certain_before_an_unknown_stays() -> None:
    found = run(resource(THING, "a", parts=[{"state": "bad"}, {"state": Opaque.UNKNOWN}, {"state": "bad"}]))
    assert [(finding.status, finding.message) for finding in found] == [
        ("finding", "parts[0] is bad"),
        ("unknown", "unknown until update: `parts[1].state` is not known yet"),
    ]


def test_an_unknown_does_not_count_against_a_stack() -> None:
    assert not any(finding.counts for finding in run(resource(THING, "a", parts=Opaque.UNKNOWN)))


def test_what_another_stack_owns_is_not_judged() -> None:
    assert run(replace(resource(THING, "a", parts=[{"state": "bad"}]), external=True)) == []


def test_another_type_is_not_looked_at() -> None:
    assert run(resource("any:thing:Other", "a", parts=[{"state": "bad"}])) == []


def test_findings_come_worst_first_and_unknown_last() -> None:
    ecr, logs = "aws:ecr/repository:Repository", "aws:cloudwatch/logGroup:LogGroup"
    stack = Stack((resource(logs, "a", retentionInDays=Opaque.UNKNOWN), resource(ecr, "b"), resource(ecr, "a")))
    found = RuleSet(RULES, default_settings(RULES)).check(stack)
    counting = [finding for finding in found if finding.counts]
    assert found[: len(counting)] == counting
    assert [finding.severity.rank for finding in counting] == sorted(
        (finding.severity.rank for finding in counting), reverse=True
    )
    assert found == sorted(found, key=lambda finding: finding.order)


def test_stack_rules_do_not_judge_a_preview_that_leaves_resources_out() -> None:
    stack = Stack((resource("aws:s3/bucket:Bucket", "data"),), left_out=3)
    found = RuleSet(RULES, default_settings(RULES)).check(stack)
    by_rule = {finding.rule: finding for finding in found}
    assert by_rule["bucket-versioning"].status == "unknown"
    assert "leaves out 3 unchanged resources" in by_rule["bucket-versioning"].message
    assert by_rule["owner-tags"].status == "finding"
