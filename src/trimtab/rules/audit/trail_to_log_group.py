"""The audit trail can raise an alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import TRAIL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(trail: Resource, _: RuleConfig) -> Messages:
    if not trail.props.has("cloudWatchLogsGroupArn"):
        yield "events do not reach CloudWatch Logs"


RULE = ResourceRule(
    id="trail-to-log-group",
    title="CloudTrail sends events to CloudWatch Logs",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(TRAIL,),
    why="Files in a bucket are evidence for later; only a log group lets an alarm react within minutes.",
    remedy="Name a log group and the role that may write to it:",
    code=('cloud_watch_logs_group_arn=logs.arn.apply(lambda arn: f"{arn}:*"), cloud_watch_logs_role_arn=role.arn'),
    frameworks={
        Framework.EU_AI_ACT: ("12", "73"),
        Framework.ISO_42001: ("A.6.2.6",),
        Framework.SECURITY_HUB: ("CloudTrail.5",),
        Framework.SOC_2: ("CC7.2",),
    },
    check=check,
    fails=example(resource(TRAIL, "audit", s3BucketName="evidence")),
    passes=example(
        resource(
            TRAIL, "audit", s3BucketName="evidence", cloudWatchLogsGroupArn="arn:aws:logs:eu-west-1:1:log-group:audit:*"
        )
    ),
)
