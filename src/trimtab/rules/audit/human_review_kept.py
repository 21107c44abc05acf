"""What people decided is evidence: nobody removes it before its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.buckets import locked_days
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.rules.tokens import BUCKET, BUCKET_LOCKS, BUCKETS, FLOW_DEFINITION

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


class KeptConfig(RuleConfig):
    """How long decisions must be kept."""

    days: int = Field(183, ge=1, description="Fewest days of default retention; six months for high-risk systems.")


def check(flow: Resource, stack: Stack, config: KeptConfig) -> Messages:
    output = flow.props.block("outputConfig")
    for bucket in stack.referred(flow, "s3OutputPath", BUCKETS, view=output):
        days = locked_days(bucket, stack)
        if days < config.days:
            kept = f"locks objects for {days:g} days, not {config.days}" if days else "has no default object lock"
            yield f"bucket {bucket.name}, where decisions lie, {kept}"


_FLOW = resource(FLOW_DEFINITION, "review", outputConfig={"s3OutputPath": "s3://answers/fraud"})
_BUCKET = resource(BUCKET, "answers", bucket="answers")

RULE = StackRule(
    id="human-review-kept",
    title="What reviewers decided lies under object lock",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(FLOW_DEFINITION,),
    why="A review that can be rewritten afterwards does not show that anybody oversaw the system.",
    remedy="Give the bucket of the answers a default retention:",
    code=(
        'aws.s3.BucketObjectLockConfiguration("answers", bucket=answers.id, '
        'rule={"default_retention": {"mode": "COMPLIANCE", "days": 365}})'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("12", "14", "19", "26(6)"),
        Framework.ISO_42001: ("A.6.2.8", "A.9.2"),
        Framework.NIST_AI_RMF: ("MAP 3.5",),
        Framework.SECURITY_HUB: ("S3.15",),
    },
    config=KeptConfig,
    check=check,
    fails=example(_FLOW, _BUCKET),
    passes=example(
        _FLOW,
        _BUCKET,
        resource(
            BUCKET_LOCKS[0], "answers", bucket="answers", rule={"defaultRetention": {"mode": "COMPLIANCE", "days": 365}}
        ),
    ),
)
