"""Alarms travel encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SNS_TOPIC

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(topic: Resource, _: RuleConfig) -> Messages:
    if not topic.props.has("kmsMasterKeyId"):
        yield "is not encrypted with a KMS key"


RULE = ResourceRule(
    id="topic-encrypted",
    title="SNS topics are encrypted with KMS",
    pack="security",
    severity=Severity.LOW,
    types=(SNS_TOPIC,),
    why="Alarm messages name models, customers and thresholds.",
    remedy="Name a key:",
    code='aws.sns.Topic("alarms", kms_master_key_id=key.id)',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("SNS.1",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(resource(SNS_TOPIC, "alarms")),
    passes=example(resource(SNS_TOPIC, "alarms", kmsMasterKeyId="alias/platform")),
)
