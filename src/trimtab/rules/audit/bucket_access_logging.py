"""Requests to a bucket are logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.buckets import keeps_logs, settings_of
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import BUCKET, BUCKET_LOGGINGS, BUCKETS

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(bucket: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if bucket.props.block("logging").has("targetBucket"):
        return
    # A bucket that receives logs does not log itself; that would never end.
    if not keeps_logs(bucket, stack) and not settings_of(bucket, stack, BUCKET_LOGGINGS):
        yield "does not log the requests it receives"


RULE = StackRule(
    id="bucket-access-logging",
    title="Buckets log the requests they receive",
    pack="audit",
    severity=Severity.MEDIUM,
    types=BUCKETS,
    why="Server access logs also show requests that were refused, and those without credentials.",
    remedy="Log to a bucket kept for that:",
    code='aws.s3.BucketLogging("data", bucket=data.id, target_bucket=logs.id, target_prefix="data/")',
    frameworks={
        Framework.EU_AI_ACT: ("12",),
        Framework.ISO_42001: ("A.6.2.8",),
        Framework.SECURITY_HUB: ("S3.9",),
        Framework.SOC_2: ("CC7.2",),
    },
    check=check,
    fails=example(resource(BUCKET, "data", bucket="data")),
    passes=example(
        resource(BUCKET, "data", bucket="data"),
        resource(BUCKET_LOGGINGS[0], "data", bucket="data", targetBucket="logs", targetPrefix="data/"),
    ),
)
