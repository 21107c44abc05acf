"""SNS topics: encrypted, over TLS only, published to by this account's services only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.statements import allow, deny, document

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place


def encrypted_topic(
    component: Component,
    suffix: str,
    *,
    place: Place,
    key_arn: pulumi.Input[str],
    publishers: Sequence[str] = (),
) -> aws.sns.Topic:
    """Return a topic of `component`.

    Args:
        component: the owner of the topic.
        suffix: what the topic is for; with the component's name it makes the topic's name.
        place: where the component lives.
        key_arn: the customer key; its policy must let the publishers use it.
        publishers: service principals that publish on the account's behalf, `cloudwatch.amazonaws.com`.
    """
    topic = aws.sns.Topic(
        f"{component.name}-{suffix}",
        kms_master_key_id=key_arn,
        tags=component.tags(),
        opts=component.child(),
    )
    statements = [
        deny(
            "RefuseUnencryptedTransport",
            ["sns:Publish"],
            [topic.arn],
            principal={"AWS": "*"},
            conditions={"Bool": {"aws:SecureTransport": "false"}},
        ),
        allow(
            "AccountPublishesAndSubscribes",
            ["sns:Publish", "sns:Subscribe", "sns:GetTopicAttributes"],
            [topic.arn],
            principal={"AWS": place.arn("iam", "root", regional=False)},
        ),
        *(
            allow(
                f"ServicePublishes{number}",
                ["sns:Publish"],
                [topic.arn],
                principal={"Service": service},
                conditions={"StringEquals": {"aws:SourceAccount": place.account}},
            )
            for number, service in enumerate(publishers)
        ),
    ]
    aws.sns.TopicPolicy(
        f"{component.name}-{suffix}-policy", arn=topic.arn, policy=document(statements), opts=component.child()
    )
    return topic
