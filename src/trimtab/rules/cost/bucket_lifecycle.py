"""Old versions and broken uploads are tidied away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.buckets import settings_of
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import BUCKET, BUCKET_LIFECYCLES, BUCKETS

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(bucket: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if bucket.props.has("lifecycleRules"):
        return
    rules = [rule for one in settings_of(bucket, stack, BUCKET_LIFECYCLES) for rule in one.props.blocks("rules")]
    if not any(rule.text("status") == "Enabled" for rule in rules):
        yield "has no lifecycle rule"


RULE = StackRule(
    id="bucket-lifecycle",
    title="Buckets have a lifecycle configuration",
    pack="cost",
    severity=Severity.LOW,
    types=BUCKETS,
    why="Every overwritten model stays, and is paid for, until a rule moves or removes it.",
    remedy="Move what is old to a cheaper class and drop broken uploads:",
    code=(
        'rules=[{"id": "tidy", "status": "Enabled", "abort_incomplete_multipart_upload": {"days_after_initiation": 7}}]'
    ),
    frameworks={Framework.ISO_42001: ("A.4.3",), Framework.SECURITY_HUB: ("S3.13",)},
    check=check,
    fails=example(resource(BUCKET, "data", bucket="data")),
    passes=example(
        resource(BUCKET, "data", bucket="data"),
        resource(BUCKET_LIFECYCLES[0], "data", bucket="data", rules=[{"id": "tidy", "status": "Enabled"}]),
    ),
)
