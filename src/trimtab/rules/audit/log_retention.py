"""Logs live as long as the law asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import LOG_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class RetentionConfig(RuleConfig):
    """How long events must live."""

    days: int = Field(183, ge=1, description="Fewest days that events are kept.")


def check(group: Resource, config: RetentionConfig) -> Messages:
    days = group.props.number("retentionInDays")
    # Zero, or nothing, means for ever.
    if 0 < days < config.days:
        yield f"keeps events {days:g} days, not {config.days}"


RULE = ResourceRule(
    id="log-retention",
    title="Log groups keep their events for six months or more",
    pack="audit",
    severity=Severity.HIGH,
    types=(LOG_GROUP,),
    why="Logs of a high-risk system are kept at least six months (EU AI Act, articles 19(1) and 26(6)).",
    remedy="Keep events longer:",
    code='aws.cloudwatch.LogGroup("endpoint", retention_in_days=365)',
    frameworks={
        Framework.EU_AI_ACT: ("12", "19", "26(6)"),
        Framework.ISO_42001: ("A.6.2.8",),
        Framework.SECURITY_HUB: ("CloudWatch.16",),
        Framework.SOC_2: ("CC7.3",),
    },
    config=RetentionConfig,
    check=check,
    fails=example(resource(LOG_GROUP, "endpoint", retentionInDays=30)),
    passes=example(resource(LOG_GROUP, "endpoint", retentionInDays=365)),
)
