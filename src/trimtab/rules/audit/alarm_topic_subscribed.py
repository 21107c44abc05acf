"""An alarm reaches somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import ALARM, SNS_TOPIC, TOPIC_SUBSCRIPTION

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(topic: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if stack.referring((ALARM,), "alarmActions", topic) and not stack.referring((TOPIC_SUBSCRIPTION,), "topic", topic):
        yield "alarms are sent to it, and nobody listens"


RULE = StackRule(
    id="alarm-topic-subscribed",
    title="Topics of alarms have a subscriber",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(SNS_TOPIC,),
    why="A topic that nobody listens to is an alarm in an empty room.",
    remedy="Subscribe somebody:",
    code=('aws.sns.TopicSubscription("on-call", topic=topic.arn, protocol="email", endpoint="ml-on-call@example.com")'),
    frameworks={
        Framework.EU_AI_ACT: ("26(5)", "73"),
        Framework.ISO_42001: ("A.8.4",),
        Framework.NIST_AI_RMF: ("MANAGE 4.3",),
        Framework.SOC_2: ("CC7.3", "CC7.4"),
    },
    check=check,
    fails=example(resource(SNS_TOPIC, "alarms"), resource(ALARM, "latency", alarmActions=["alarms-id"])),
    passes=example(
        resource(SNS_TOPIC, "alarms"),
        resource(ALARM, "latency", alarmActions=["alarms-id"]),
        resource(TOPIC_SUBSCRIPTION, "on-call", topic="alarms-id", protocol="email"),
    ),
)
