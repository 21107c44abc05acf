"""The audit trail sees who changed rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import TRAIL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(trail: Resource, _: RuleConfig) -> Messages:
    if not trail.props.flag("includeGlobalServiceEvents", default=True):
        yield "leaves out global services such as IAM"


RULE = ResourceRule(
    id="trail-global-events",
    title="CloudTrail records global services",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(TRAIL,),
    why="IAM is a global service; without it the trail does not show who gave whom access.",
    remedy="Leave global events on:",
    code='aws.cloudtrail.Trail("audit", s3_bucket_name=bucket.id, include_global_service_events=True)',
    frameworks={Framework.EU_AI_ACT: ("12",), Framework.ISO_42001: ("A.6.2.8",), Framework.SOC_2: ("CC7.2",)},
    check=check,
    fails=example(resource(TRAIL, "audit", s3BucketName="evidence", includeGlobalServiceEvents=False)),
    passes=example(resource(TRAIL, "audit", s3BucketName="evidence")),
)
