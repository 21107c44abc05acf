"""A changed log file of the audit trail is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import TRAIL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(trail: Resource, _: RuleConfig) -> Messages:
    if not trail.props.flag("enableLogFileValidation"):
        yield "log files are not validated"


RULE = ResourceRule(
    id="trail-log-validation",
    title="CloudTrail validates its log files",
    pack="audit",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(TRAIL,),
    why="Without digest files nobody can prove that a log was not altered or removed afterwards.",
    remedy="Turn log file validation on:",
    code='aws.cloudtrail.Trail("audit", s3_bucket_name=bucket.id, enable_log_file_validation=True)',
    frameworks={
        Framework.EU_AI_ACT: ("12", "19"),
        Framework.ISO_42001: ("A.6.2.8",),
        Framework.NIST_AI_RMF: ("MEASURE 2.8",),
        Framework.SECURITY_HUB: ("CloudTrail.4",),
        Framework.SOC_2: ("CC7.2",),
    },
    check=check,
    fails=example(resource(TRAIL, "audit", s3BucketName="evidence")),
    passes=example(resource(TRAIL, "audit", s3BucketName="evidence", enableLogFileValidation=True)),
)
