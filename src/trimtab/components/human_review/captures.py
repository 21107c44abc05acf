"""The capture bucket's word to EventBridge that there is something to review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component


def tell_of_captures(component: Component, bucket: pulumi.Input[str]) -> aws.s3.BucketNotification:
    """Let a bucket tell EventBridge of its objects; who hears it is a matter of rules."""
    return aws.s3.BucketNotification(
        f"{component.name}-captures", bucket=bucket, eventbridge=True, opts=component.child()
    )


def captured(bucket: pulumi.Input[str], prefix: str) -> dict[str, object]:
    """Return the event pattern of a file that an endpoint's capture has written below `prefix`."""
    return {
        "source": ["aws.s3"],
        "detail-type": ["Object Created"],
        "detail": {"bucket": {"name": [bucket]}, "object": {"key": [{"prefix": prefix}]}},
    }
