"""The audit trail records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import TRAIL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(trail: Resource, _: RuleConfig) -> Messages:
    if not trail.props.flag("enableLogging", default=True):
        yield "is switched off"


RULE = ResourceRule(
    id="trail-is-on",
    title="CloudTrail is logging",
    pack="audit",
    severity=Severity.CRITICAL,
    enforcement="mandatory",
    types=(TRAIL,),
    why="A trail that was switched off looks like one in every list.",
    remedy="Leave logging on:",
    code='aws.cloudtrail.Trail("audit", s3_bucket_name=bucket.id, enable_logging=True)',
    frameworks={Framework.EU_AI_ACT: ("12", "19"), Framework.ISO_42001: ("A.6.2.8",), Framework.SOC_2: ("CC7.2",)},
    check=check,
    fails=example(resource(TRAIL, "audit", s3BucketName="evidence", enableLogging=False)),
    passes=example(resource(TRAIL, "audit", s3BucketName="evidence")),
)
