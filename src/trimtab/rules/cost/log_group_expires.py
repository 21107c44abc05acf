"""Logs do not pile up for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import LOG_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(group: Resource, _: RuleConfig) -> Messages:
    if group.props.number("retentionInDays") == 0:
        yield "keeps every event for ever"


RULE = ResourceRule(
    id="log-group-expires",
    title="Log groups have a retention",
    pack="cost",
    severity=Severity.LOW,
    types=(LOG_GROUP,),
    why="Without a number a group keeps everything, and its bill only grows.",
    remedy="Say how long events live:",
    code='aws.cloudwatch.LogGroup("endpoint", retention_in_days=365)',
    frameworks={Framework.EU_AI_ACT: ("19",), Framework.SECURITY_HUB: ("CloudWatch.16",)},
    check=check,
    fails=example(resource(LOG_GROUP, "endpoint")),
    passes=example(resource(LOG_GROUP, "endpoint", retentionInDays=365)),
)
