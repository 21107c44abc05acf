"""Where alarms go: one encrypted topic, one address."""

# ruff: noqa: TC001, TC002  the component host evaluates the annotations of __init__ at run time

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from trimtab.components.base import Component
from trimtab.components.encryption import customer_key
from trimtab.components.monitoring.args import AlarmTopicArgs
from trimtab.components.place import place_of
from trimtab.components.topics import encrypted_topic

PUBLISHERS = ("cloudwatch.amazonaws.com", "events.amazonaws.com")


class AlarmTopic(Component):
    """An SNS topic that CloudWatch alarms and EventBridge rules of this account publish to.

    Attributes:
        topic_arn: what alarms name as their action.
        key_arn: the customer key, which the publishers may use; a dead-letter queue can share it.
    """

    topic_arn: pulumi.Output[str]
    key_arn: pulumi.Output[str]

    def __init__(self, name: str, args: AlarmTopicArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts)
        self.key_arn = customer_key(self, services=PUBLISHERS)
        topic = encrypted_topic(self, "topic", place=place_of(self), key_arn=self.key_arn, publishers=PUBLISHERS)
        aws.sns.TopicSubscription(
            f"{name}-email", topic=topic.arn, protocol="email", endpoint=args["email"], opts=self.child()
        )
        self.topic_arn = topic.arn
        self.finish({"topicArn": self.topic_arn, "keyArn": self.key_arn})
