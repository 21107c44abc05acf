"""What belongs to a bucket: its settings are resources of their own, in older programs they are inline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.tokens import BUCKET_LOCKS, BUCKET_LOGGINGS, BUCKET_VERSIONINGS, BUCKETS, CONFIG_CHANNEL, TRAIL
from trimtab.rules.values import NotYetKnown, Opaque

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props


def settings_of(bucket: Resource, stack: Stack, types: Sequence[str]) -> list[Resource]:
    """The resources of `types` whose `bucket` is this one."""
    return stack.referring(types, "bucket", bucket)


def keeps_logs(bucket: Resource, stack: Stack) -> bool:
    """Whether the bucket is where other buckets' access logs, the audit trail or AWS Config write to."""
    return bool(
        stack.referring(BUCKET_LOGGINGS, "targetBucket", bucket)
        or stack.referring((TRAIL, CONFIG_CHANNEL), "s3BucketName", bucket)
    )


def locked_days(bucket: Resource, stack: Stack) -> float:
    """Days that object lock keeps new objects by default, by a lock resource or inline; a year is 365 days."""
    locks = [setting.props for setting in settings_of(bucket, stack, BUCKET_LOCKS)]
    return max(_retention(lock) for lock in (*locks, bucket.props.block("objectLockConfiguration")))


def _retention(lock: Props) -> float:
    retention = lock.block("rule").block("defaultRetention")
    return retention.number("days") + 365 * retention.number("years")


def is_versioned(bucket: Resource, stack: Stack) -> bool:
    """Whether new objects get versions, by a versioning resource or inline."""
    if bucket.props.block("versioning").flag("enabled"):
        return True
    return any(
        setting.props.block("versioningConfiguration").text("status") == "Enabled"
        for setting in settings_of(bucket, stack, BUCKET_VERSIONINGS)
    )


def holder_of_uri(holder: Resource, view: Props, name: str, stack: Stack) -> list[Resource]:
    """The buckets of the stack that an S3 URI points into; empty where it points elsewhere or is absent."""
    return stack.referred(holder, name, BUCKETS, view=view)


def unversioned(holder: Resource, view: Props, name: str, stack: Stack) -> str | None:
    """What is wrong with the bucket that an S3 URI points into, None where nothing is.

    Raises:
        Undecidable: the URI is not known yet, and may point outside the stack.
    """
    if not view.has(name):
        return None
    buckets = holder_of_uri(holder, view, name, stack)
    if not buckets:
        if isinstance(view.raw.get(name), Opaque):
            raise NotYetKnown(f"`{view.path}.{name}`")
        return f"{view.text(name)} lies outside this stack, where nobody sees whether it is versioned"
    bare = [bucket.name for bucket in buckets if not is_versioned(bucket, stack)]
    return f"bucket {', '.join(bare)} is not versioned" if bare else None
