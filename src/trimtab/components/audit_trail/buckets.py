"""Where evidence lies: the trail's locked bucket, and the bucket of AWS Config's history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.buckets import BucketPlan, HardenedBucket, archive, hardened_bucket, unfinished_uploads
from trimtab.components.statements import allow, under

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.components.statements import Conditions
    from trimtab.spec.audit import AuditTrail

ARCHIVE_DAYS = 90
UNFINISHED_UPLOAD_DAYS = 7
_TRAIL_CHECKS, _CONFIG_CHECKS = ("s3:GetBucketAcl",), ("s3:GetBucketAcl", "s3:ListBucket")
_OWNED = {"s3:x-amz-acl": "bucket-owner-full-control"}


def trail_name(component: Component) -> str:
    """Return the trail's name: known before the trail, because its bucket must let it in first."""
    return f"{component.context.prefix}-{component.name}"


def evidence_bucket(
    component: Component, spec: AuditTrail, logs: HardenedBucket, key_arn: pulumi.Output[str], place: Place
) -> HardenedBucket:
    """Return the bucket that one trail may write to, and that nobody may change for `evidenceLockDays`."""
    this_trail = {"aws:SourceArn": place.arn("cloudtrail", f"trail/{trail_name(component)}")}

    def delivery(arn: pulumi.Output[str]) -> list[dict[str, Any]]:
        return _delivery(
            "cloudtrail.amazonaws.com", arn, _files(arn, place), {"StringEquals": this_trail}, _TRAIL_CHECKS
        )

    plan = BucketPlan(
        key_arn=key_arn,
        lifecycle=(unfinished_uploads(UNFINISHED_UPLOAD_DAYS), archive(ARCHIVE_DAYS)),
        access_logs=logs,
        lock_days=spec.evidence_lock_days,
        statements=delivery,
        classification="restricted",
    )
    return hardened_bucket(component, "evidence", plan)


def recording_bucket(
    component: Component, logs: HardenedBucket, key_arn: pulumi.Output[str], place: Place
) -> HardenedBucket:
    """Return the bucket of AWS Config's history.

    It is not the evidence bucket: Config delivers to no bucket whose object lock has a default retention.
    """

    def delivery(arn: pulumi.Output[str]) -> list[dict[str, Any]]:
        account: Conditions = {"StringEquals": {"aws:SourceAccount": place.account}}
        return _delivery("config.amazonaws.com", arn, _files(arn, place, "Config/"), account, _CONFIG_CHECKS)

    plan = BucketPlan(
        key_arn=key_arn,
        lifecycle=(unfinished_uploads(UNFINISHED_UPLOAD_DAYS), archive(ARCHIVE_DAYS)),
        access_logs=logs,
        statements=delivery,
        classification="restricted",
    )
    return hardened_bucket(component, "config", plan)


def _files(arn: pulumi.Output[str], place: Place, folder: str = "") -> pulumi.Output[str]:
    return under(arn, pulumi.Output.concat("AWSLogs/", place.account, f"/{folder}*"))


def _delivery(
    service: str, bucket: pulumi.Output[str], files: pulumi.Output[str], source: Conditions, checks: tuple[str, ...]
) -> list[dict[str, Any]]:
    principal = {"Service": service}
    owned: Conditions = {"StringEquals": {**source["StringEquals"], **_OWNED}}
    return [
        allow("ServiceChecksTheBucket", checks, [bucket], principal=principal, conditions=source),
        allow("ServiceDelivers", ["s3:PutObject"], [files], principal=principal, conditions=owned),
    ]
