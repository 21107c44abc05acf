"""Lifecycle rules do not throw old versions away early."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.buckets import is_versioned
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.rules.tokens import BUCKET, BUCKET_LIFECYCLES, BUCKETS

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


class NoncurrentConfig(RuleConfig):
    """How long old versions must live."""

    days: int = Field(30, ge=1, description="Fewest days that a noncurrent version is kept.")


def check(lifecycle: Resource, stack: Stack, config: NoncurrentConfig) -> Messages:
    if not any(is_versioned(bucket, stack) for bucket in stack.referred(lifecycle, "bucket", BUCKETS)):
        return
    for rule in lifecycle.props.blocks("rules"):
        expiry = rule.block("noncurrentVersionExpiration")
        days = expiry.number("noncurrentDays", config.days)
        if rule.text("status") == "Enabled" and days < config.days:
            yield f"rule {rule.text('id')} removes old versions after {days:g} days, not {config.days}"


RULE = StackRule(
    id="noncurrent-versions-kept",
    title="Old versions are kept long enough",
    pack="versioning",
    severity=Severity.MEDIUM,
    types=BUCKET_LIFECYCLES,
    why="Versioning helps nobody when a lifecycle rule removes the older versions after a few days.",
    remedy="Keep noncurrent versions for as long as models trained on them serve:",
    code='"noncurrent_version_expiration": {"noncurrent_days": 365}',
    frameworks={Framework.EU_AI_ACT: ("10",), Framework.ISO_42001: ("A.7.5",)},
    config=NoncurrentConfig,
    check=check,
    fails=example(
        resource(
            BUCKET_LIFECYCLES[0],
            "data",
            bucket="data",
            rules=[{"id": "tidy", "status": "Enabled", "noncurrentVersionExpiration": {"noncurrentDays": 7}}],
        ),
        resource(BUCKET, "data", bucket="data", versioning={"enabled": True}),
    ),
    passes=example(
        resource(
            BUCKET_LIFECYCLES[0],
            "data",
            bucket="data",
            rules=[{"id": "tidy", "status": "Enabled", "noncurrentVersionExpiration": {"noncurrentDays": 365}}],
        ),
        resource(BUCKET, "data", bucket="data", versioning={"enabled": True}),
    ),
)
