"""SNS topics, their policies and subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.attributes import attributes, properties
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_TOPIC = {
    "displayName": "DisplayName",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "policy": "Policy",
    "deliveryPolicy": "DeliveryPolicy",
    "fifoTopic": "FifoTopic",
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "signatureVersion": "SignatureVersion",
    "tracingConfig": "TracingConfig",
}
_SUBSCRIPTION = {
    "rawMessageDelivery": "RawMessageDelivery",
    "filterPolicy": "FilterPolicy",
    "filterPolicyScope": "FilterPolicyScope",
    "redrivePolicy": "RedrivePolicy",
    "deliveryPolicy": "DeliveryPolicy",
    "subscriptionRoleArn": "SubscriptionRoleArn",
}


def _topic_attributes(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params["Attributes"] = attributes(inputs, _TOPIC)


def _read_topic(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    held = answer["Attributes"]
    props.update(properties(ctx, held, _TOPIC))
    props["arn"], props["owner"] = held["TopicArn"], held["Owner"]
    props["name"] = held["TopicArn"].rsplit(":", 1)[-1]


def _update_topic(ctx: Context, arn: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _TOPIC_API.do_update(ctx, arn, state, inputs, changed)
    for name in sorted(changed & _TOPIC.keys()):
        value = attributes(inputs, {name: _TOPIC[name]}).get(_TOPIC[name], "")
        ctx.client("sns").set_topic_attributes(TopicArn=arn, AttributeName=_TOPIC[name], AttributeValue=value)


_TOPIC_API = Api(
    service="sns",
    create="create_topic",
    id_from="TopicArn",
    read="get_topic_attributes",
    read_by={"TopicArn": "{id}"},
    delete="delete_topic",
    tagging=Tagging("tag_resource", "untag_resource", "ResourceArn", list="list_tags_for_resource"),
    adjust=_topic_attributes,
    complete=_read_topic,
)
_TOPIC_CALLS = api(_TOPIC_API)


def _put_topic_policy(ctx: Context, inputs: Props) -> str:
    arn: str = inputs["arn"]
    ctx.client("sns").set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=inputs["policy"])
    return arn


def _read_topic_policy(ctx: Context, arn: str, _state: Props) -> Props:
    held = ctx.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"]
    return {"arn": arn, "policy": held["Policy"], "owner": held["Owner"], "region": ctx.region}


def _update_topic_policy(ctx: Context, _id: str, _state: Props, inputs: Props, _changed: frozenset[str]) -> None:
    _put_topic_policy(ctx, inputs)


def _default_topic_policy(ctx: Context, arn: str, _state: Props) -> None:
    """A topic always has a policy: deleting ours lets only its owner in."""
    policy = (
        '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"SNS:Publish",'
        f'"Resource":"{arn}","Condition":{{"StringEquals":{{"AWS:SourceOwner":"{ctx.account}"}}}}}}]}}'
    )
    ctx.client("sns").set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=policy)


def _subscription_attributes(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params["Attributes"] = attributes(inputs, _SUBSCRIPTION)
    params["ReturnSubscriptionArn"] = True


def _read_subscription(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    held = answer["Attributes"]
    props.update(properties(ctx, held, _SUBSCRIPTION))
    props |= {"arn": held["SubscriptionArn"], "topic": held["TopicArn"], "protocol": held["Protocol"]}
    props |= {"endpoint": held["Endpoint"], "ownerId": held["Owner"]}
    props["pendingConfirmation"] = held.get("PendingConfirmation") == "true"


def _update_subscription(ctx: Context, arn: str, _state: Props, inputs: Props, changed: frozenset[str]) -> None:
    for name in sorted(changed & _SUBSCRIPTION.keys()):
        value = attributes(inputs, {name: _SUBSCRIPTION[name]}).get(_SUBSCRIPTION[name], "")
        ctx.client("sns").set_subscription_attributes(
            SubscriptionArn=arn, AttributeName=_SUBSCRIPTION[name], AttributeValue=value
        )


_SUBSCRIPTION_CALLS = api(
    Api(
        service="sns",
        create="subscribe",
        id_from="SubscriptionArn",
        read="get_subscription_attributes",
        read_by={"SubscriptionArn": "{id}"},
        delete="unsubscribe",
        rename={"TopicArn": "topic"},
        adjust=_subscription_attributes,
        complete=_read_subscription,
    )
)


SNS: dict[str, Resource] = {
    "aws:sns/topic:Topic": Resource(
        create=_TOPIC_CALLS.create,
        read=_TOPIC_CALLS.read,
        update=_update_topic,
        delete=_TOPIC_CALLS.delete,
        replace=frozenset({"fifoTopic"}),
    ),
    "aws:sns/topicPolicy:TopicPolicy": Resource(
        create=_put_topic_policy,
        read=_read_topic_policy,
        update=_update_topic_policy,
        delete=_default_topic_policy,
        replace=frozenset({"arn"}),
    ),
    "aws:sns/topicSubscription:TopicSubscription": Resource(
        create=_SUBSCRIPTION_CALLS.create,
        read=_SUBSCRIPTION_CALLS.read,
        update=_update_subscription,
        delete=_SUBSCRIPTION_CALLS.delete,
        replace=frozenset({"topic", "protocol", "endpoint"}),
    ),
}
