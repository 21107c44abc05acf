"""Logs are encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import LOG_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(group: Resource, _: RuleConfig) -> Messages:
    if not group.props.has("kmsKeyId"):
        yield "is not encrypted with a customer managed key"


RULE = ResourceRule(
    id="log-group-encrypted",
    title="Log groups are encrypted with a customer managed key",
    pack="security",
    severity=Severity.LOW,
    types=(LOG_GROUP,),
    why="Logs of a model hold pieces of what it was asked.",
    remedy="Name a key:",
    code='aws.cloudwatch.LogGroup("endpoint", kms_key_id=key.arn, retention_in_days=365)',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(resource(LOG_GROUP, "endpoint", retentionInDays=365)),
    passes=example(resource(LOG_GROUP, "endpoint", retentionInDays=365, kmsKeyId="k")),
)
