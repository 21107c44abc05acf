"""The audit trail sees every region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import TRAIL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(trail: Resource, _: RuleConfig) -> Messages:
    if not trail.props.flag("isMultiRegionTrail"):
        yield "records one region only"


RULE = ResourceRule(
    id="trail-multi-region",
    title="CloudTrail records all regions",
    pack="audit",
    severity=Severity.HIGH,
    types=(TRAIL,),
    why="A key used in a region that nobody watches leaves no record.",
    remedy="Make the trail multi-region:",
    code='aws.cloudtrail.Trail("audit", s3_bucket_name=bucket.id, is_multi_region_trail=True)',
    frameworks={
        Framework.EU_AI_ACT: ("12",),
        Framework.ISO_42001: ("A.6.2.8",),
        Framework.SECURITY_HUB: ("CloudTrail.1",),
        Framework.SOC_2: ("CC7.2",),
    },
    check=check,
    fails=example(resource(TRAIL, "audit", s3BucketName="evidence")),
    passes=example(resource(TRAIL, "audit", s3BucketName="evidence", isMultiRegionTrail=True)),
)
