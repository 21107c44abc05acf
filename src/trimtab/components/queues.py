"""SQS queues for what could not be delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.statements import allow, deny, document

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component

KEPT_SECONDS = 14 * 24 * 3600
"""The longest that SQS keeps a message."""


def dead_letter_queue(
    component: Component,
    suffix: str,
    *,
    service: str | None,
    source_arn: pulumi.Input[str] | None,
    key_arn: pulumi.Input[str],
) -> aws.sqs.Queue:
    """Return a queue that one service puts undelivered events into.

    Args:
        component: the owner of the queue.
        suffix: what the queue is for; with the component's name it makes the queue's name.
        service: the service principal that sends, `events.amazonaws.com`; None: it sends with a role of its own.
        source_arn: the rule that it sends for.
        key_arn: the customer key; its policy must let the service use it.
    """
    queue = aws.sqs.Queue(
        f"{component.name}-{suffix}",
        kms_master_key_id=key_arn,
        kms_data_key_reuse_period_seconds=300,
        message_retention_seconds=KEPT_SECONDS,
        tags=component.tags(),
        opts=component.child(),
    )
    statements = [
        deny(
            "RefuseUnencryptedTransport",
            ["sqs:SendMessage", "sqs:ReceiveMessage"],
            [queue.arn],
            principal={"AWS": "*"},
            conditions={"Bool": {"aws:SecureTransport": "false"}},
        )
    ]
    if service is not None and source_arn is not None:
        statements.append(
            allow(
                "OneSourceSends",
                ["sqs:SendMessage"],
                [queue.arn],
                principal={"Service": service},
                conditions={"ArnEquals": {"aws:SourceArn": source_arn}},
            )
        )
    aws.sqs.QueuePolicy(
        f"{component.name}-{suffix}-policy", queue_url=queue.url, policy=document(statements), opts=component.child()
    )
    return queue
