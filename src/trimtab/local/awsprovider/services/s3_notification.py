"""Whom a bucket tells of its objects: EventBridge, queues, topics, functions; one configuration a bucket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.resource import Resource

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


@dataclass(frozen=True)
class _Receiver:
    """One kind of receiver: the property, the API's list, and how each names the ARN."""

    prop: str
    member: str
    arn_prop: str
    arn_member: str


_RECEIVERS = (
    _Receiver("queues", "QueueConfigurations", "queueArn", "QueueArn"),
    _Receiver("topics", "TopicConfigurations", "topicArn", "TopicArn"),
    _Receiver("lambdaFunctions", "LambdaFunctionConfigurations", "lambdaFunctionArn", "LambdaFunctionArn"),
)
_FILTERS = {"filterPrefix": "prefix", "filterSuffix": "suffix"}


def _to_aws(inputs: Props) -> dict[str, Any]:
    asked: dict[str, Any] = {"EventBridgeConfiguration": {}} if inputs.get("eventbridge") else {}
    for kind in _RECEIVERS:
        asked |= {kind.member: [_told(kind, each) for each in inputs[kind.prop]]} if inputs.get(kind.prop) else {}
    return asked


def _told(kind: _Receiver, receiver: Props) -> dict[str, Any]:
    told: dict[str, Any] = {kind.arn_member: receiver[kind.arn_prop], "Events": receiver["events"]}
    rules = [{"Name": name, "Value": receiver[prop]} for prop, name in _FILTERS.items() if receiver.get(prop)]
    if receiver.get("id"):
        told["Id"] = receiver["id"]
    return {**told, "Filter": {"Key": {"FilterRules": rules}}} if rules else told


def _from_aws(kind: _Receiver, found: dict[str, Any]) -> Props:
    props = {"id": found["Id"], kind.arn_prop: found[kind.arn_member], "events": found["Events"]}
    filtered = found.get("Filter", {}).get("Key", {}).get("FilterRules", ())
    rules = {rule["Name"].lower(): rule["Value"] for rule in filtered}
    return {**props, **{prop: rules[name] for prop, name in _FILTERS.items() if name in rules}}


def _create(ctx: Context, inputs: Props) -> str:
    bucket = str(inputs["bucket"])
    ctx.client("s3").put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration=_to_aws(inputs))
    return bucket


def _read(ctx: Context, bucket: str, _state: Props) -> Props | None:
    answer = ctx.client("s3").get_bucket_notification_configuration(Bucket=bucket)
    kinds = {kind.prop: [_from_aws(kind, each) for each in answer.get(kind.member, ())] or None for kind in _RECEIVERS}
    told = "EventBridgeConfiguration" in answer
    if not told and not any(kinds.values()):
        return None
    return {"bucket": bucket, "region": ctx.region, "eventbridge": told, **kinds}


def _update(ctx: Context, _id: str, _state: Props, inputs: Props, _changed: frozenset[str]) -> None:
    _create(ctx, inputs)


def _delete(ctx: Context, bucket: str, _state: Props) -> None:
    ctx.client("s3").put_bucket_notification_configuration(Bucket=bucket, NotificationConfiguration={})


NOTIFICATION = Resource(create=_create, read=_read, update=_update, delete=_delete, replace=frozenset({"bucket"}))
