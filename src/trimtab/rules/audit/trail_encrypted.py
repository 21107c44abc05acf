"""The audit trail is encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import TRAIL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(trail: Resource, _: RuleConfig) -> Messages:
    if not trail.props.has("kmsKeyId"):
        yield "log files are not encrypted with a KMS key"


RULE = ResourceRule(
    id="trail-encrypted",
    title="CloudTrail logs are encrypted with a customer managed key",
    pack="audit",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(TRAIL,),
    why="With a key of one's own, reading the evidence is a permission that is granted, and recorded.",
    remedy="Name a KMS key:",
    code='aws.cloudtrail.Trail("audit", s3_bucket_name=bucket.id, kms_key_id=key.arn)',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.ISO_42001: ("A.6.2.8",),
        Framework.SECURITY_HUB: ("CloudTrail.2",),
        Framework.SOC_2: ("CC6.1",),
    },
    check=check,
    fails=example(resource(TRAIL, "audit", s3BucketName="evidence")),
    passes=example(resource(TRAIL, "audit", s3BucketName="evidence", kmsKeyId="arn:aws:kms:eu-west-1:1:key/k")),
)
