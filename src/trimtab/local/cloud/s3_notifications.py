"""A bucket that tells EventBridge of its objects: moto does it, but does not say so when it is asked."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.s3.responses import S3Response

from trimtab.local.cloud.extending import extend

_BEFORE = S3Response.get_bucket_notification
_LISTS = {
    "TopicConfigurations": ("topic", "TopicArn"),
    "QueueConfigurations": ("queue", "QueueArn"),
    "LambdaFunctionConfigurations": ("cloud_function", "LambdaFunctionArn"),
}


def _get_bucket_notification(self: Any) -> Any:
    kept = self.backend.get_bucket_notification_configuration(self.bucket_name)
    if not kept or kept.event_bridge is None:
        return _BEFORE(self)
    self.data["Action"] = "GetBucketNotificationConfiguration"
    lists = {name: [_receiver(each, arn) for each in getattr(kept, at)] for name, (at, arn) in _LISTS.items()}
    return self.serialized(ActionResult({**lists, "EventBridgeConfiguration": {}}))


def _receiver(item: Any, arn: str) -> dict[str, Any]:
    told = {"Id": item.id, arn: item.arn, "Events": item.events}
    return {**told, "Filter": {"Key": {"FilterRules": item.filters["S3Key"]["FilterRule"]}}} if item.filters else told


def install_s3_notifications() -> None:
    """Answer with EventBridge among those that a bucket tells."""
    extend(S3Response, {"get_bucket_notification": _get_bucket_notification})
