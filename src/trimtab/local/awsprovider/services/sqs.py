"""SQS queues and their policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.attributes import attributes, properties
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_QUEUE = {
    "delaySeconds": "DelaySeconds",
    "maxMessageSize": "MaximumMessageSize",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
    "policy": "Policy",
    "redrivePolicy": "RedrivePolicy",
    "fifoQueue": "FifoQueue",
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "kmsDataKeyReusePeriodSeconds": "KmsDataKeyReusePeriodSeconds",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
}


def _queue_attributes(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params["QueueName"] = inputs["name"]
    params["Attributes"] = attributes(inputs, _QUEUE)
    params["tags"] = inputs.get("tagsAll") or {}


def _read_queue(ctx: Context, url: str, _state: Props) -> Props:
    sqs = ctx.client("sqs")
    held = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return {
        **properties(ctx, held, _QUEUE),
        "url": url,
        "arn": held["QueueArn"],
        "name": url.rsplit("/", 1)[-1],
        "region": ctx.region,
        "tagsAll": sqs.list_queue_tags(QueueUrl=url).get("Tags") or {},
    }


def _update_queue(ctx: Context, url: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    held = attributes(inputs, {name: _QUEUE[name] for name in changed & _QUEUE.keys()})
    if held:
        ctx.client("sqs").set_queue_attributes(QueueUrl=url, Attributes=held)
    if "tagsAll" in changed:
        _QUEUE_TAGS.change(ctx, "sqs", url, state=state, inputs=inputs)


_QUEUE_TAGS = Tagging("tag_queue", "untag_queue", "QueueUrl", "id")
_QUEUE_CALLS = api(
    Api(
        service="sqs",
        create="create_queue",
        id_from="QueueUrl",
        read="get_queue_attributes",
        read_by={},
        delete="delete_queue",
        delete_by={"QueueUrl": "{id}"},
        adjust=_queue_attributes,
    )
)


def _put_queue_policy(ctx: Context, inputs: Props) -> str:
    url: str = inputs["queueUrl"]
    ctx.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": inputs["policy"]})
    return url


def _read_queue_policy(ctx: Context, url: str, _state: Props) -> Props | None:
    held = ctx.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    policy = held.get("Policy")
    return {"queueUrl": url, "policy": policy, "region": ctx.region} if policy else None


def _update_queue_policy(ctx: Context, _id: str, _state: Props, inputs: Props, _changed: frozenset[str]) -> None:
    _put_queue_policy(ctx, inputs)


def _drop_queue_policy(ctx: Context, url: str, _state: Props) -> None:
    ctx.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": ""})


SQS: dict[str, Resource] = {
    "aws:sqs/queue:Queue": Resource(
        create=_QUEUE_CALLS.create,
        read=_read_queue,
        update=_update_queue,
        delete=_QUEUE_CALLS.delete,
        replace=frozenset({"fifoQueue"}),
    ),
    "aws:sqs/queuePolicy:QueuePolicy": Resource(
        create=_put_queue_policy,
        read=_read_queue_policy,
        update=_update_queue_policy,
        delete=_drop_queue_policy,
        replace=frozenset({"queueUrl"}),
    ),
}
