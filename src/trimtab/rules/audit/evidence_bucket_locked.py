"""Nobody can remove the evidence before its time, not even an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.buckets import locked_days
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.rules.tokens import BUCKET, BUCKET_LOCKS, BUCKETS, TRAIL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


class LockConfig(RuleConfig):
    """How long evidence must be locked."""

    days: int = Field(183, ge=1, description="Fewest days of default retention; six months for high-risk systems.")


def check(trail: Resource, stack: Stack, config: LockConfig) -> Messages:
    for bucket in stack.referred(trail, "s3BucketName", BUCKETS):
        days = locked_days(bucket, stack)
        if days < config.days:
            kept = f"locks objects for {days:g} days, not {config.days}" if days else "has no default object lock"
            yield f"bucket {bucket.name} {kept}"


RULE = StackRule(
    id="evidence-bucket-locked",
    title="The audit trail's bucket has object lock",
    pack="audit",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(TRAIL,),
    why="Evidence that can be deleted by whoever it speaks against is none.",
    remedy="Create the bucket with object lock and give it a default retention:",
    code=(
        'aws.s3.BucketObjectLockConfiguration("evidence", bucket=evidence.id, '
        'rule={"default_retention": {"mode": "COMPLIANCE", "days": 365}})'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("12", "19", "26(6)"),
        Framework.ISO_42001: ("A.6.2.8",),
        Framework.SECURITY_HUB: ("S3.15",),
        Framework.SOC_2: ("CC7.3",),
    },
    config=LockConfig,
    check=check,
    fails=example(resource(TRAIL, "audit", s3BucketName="evidence"), resource(BUCKET, "evidence", bucket="evidence")),
    passes=example(
        resource(TRAIL, "audit", s3BucketName="evidence"),
        resource(BUCKET, "evidence", bucket="evidence", objectLockEnabled=True),
        resource(
            BUCKET_LOCKS[0],
            "evidence",
            bucket="evidence",
            rule={"defaultRetention": {"mode": "COMPLIANCE", "days": 365}},
        ),
    ),
)
