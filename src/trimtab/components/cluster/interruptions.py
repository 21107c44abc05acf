"""How Karpenter hears that a node is about to go: a queue, and the rules that fill it.

Which events: https://karpenter.sh/docs/concepts/disruption/#interruption
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.json_text import json_text
from trimtab.components.statements import allow, deny, document

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component

EVENTS = "events.amazonaws.com"
KEPT_SECONDS = 300
"""A notice of interruption is two minutes long: later than this it warns of nothing."""
NOTICES = {
    "health": ("aws.health", "AWS Health Event"),
    "spot": ("aws.ec2", "EC2 Spot Instance Interruption Warning"),
    "rebalance": ("aws.ec2", "EC2 Instance Rebalance Recommendation"),
    "state": ("aws.ec2", "EC2 Instance State-change Notification"),
}
"""Rule → the events' source and detail type."""


def interruption_queue(component: Component, key_arn: pulumi.Input[str]) -> aws.sqs.Queue:
    """Declare the queue and its rules."""
    queue = aws.sqs.Queue(
        f"{component.name}-interruptions",
        kms_master_key_id=key_arn,
        kms_data_key_reuse_period_seconds=300,
        message_retention_seconds=KEPT_SECONDS,
        tags=component.tags(),
        opts=component.child(),
    )
    rules = [_rule(component, label, queue) for label in NOTICES]
    statements = [
        deny(
            "RefuseUnencryptedTransport",
            ["sqs:SendMessage", "sqs:ReceiveMessage"],
            [queue.arn],
            principal={"AWS": "*"},
            conditions={"Bool": {"aws:SecureTransport": "false"}},
        ),
        allow(
            "RulesSendNotices",
            ["sqs:SendMessage"],
            [queue.arn],
            principal={"Service": EVENTS},
            conditions={"ArnEquals": {"aws:SourceArn": [rule.arn for rule in rules]}},
        ),
    ]
    aws.sqs.QueuePolicy(
        f"{component.name}-interruptions-policy",
        queue_url=queue.url,
        policy=document(statements),
        opts=component.child(),
    )
    return queue


def _rule(component: Component, label: str, queue: aws.sqs.Queue) -> aws.cloudwatch.EventRule:
    source, detail = NOTICES[label]
    rule = aws.cloudwatch.EventRule(
        f"{component.name}-notice-{label}",
        name=f"{component.context.prefix}-{component.name}-{label}",
        description=f"{component.context.prefix} {component.name}: {detail}",
        event_pattern=json_text({"source": [source], "detail-type": [detail]}),
        tags=component.tags(),
        opts=component.child(),
    )
    aws.cloudwatch.EventTarget(
        f"{component.name}-notice-{label}-target", rule=rule.name, arn=queue.arn, opts=component.child()
    )
    return rule
