"""S3 buckets, with the settings that may be written in the bucket itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.errors import CLOUD_ERRORS, PartialCreateError, is_gone
from trimtab.local.awsprovider.resource import TAGS, Resource
from trimtab.local.awsprovider.tagging import as_map

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

# Where the API takes no location constraint, because it was there before there were regions.
_OLDEST_REGION = "us-east-1"


def _create(ctx: Context, inputs: Props) -> str:
    name: str = inputs["bucket"]
    asked: dict[str, Any] = {"Bucket": name}
    if ctx.region != _OLDEST_REGION:
        asked["CreateBucketConfiguration"] = {"LocationConstraint": ctx.region}
    if inputs.get("objectLockEnabled") or inputs.get("objectLockConfiguration"):
        asked["ObjectLockEnabledForBucket"] = True
    ctx.client("s3").create_bucket(**asked)
    try:
        _settings(ctx, name, inputs, frozenset(inputs))
    except CLOUD_ERRORS as error:
        raise PartialCreateError(name, error) from error
    return name


def _settings(ctx: Context, name: str, inputs: Props, changed: frozenset[str]) -> None:
    s3 = ctx.client("s3")
    if changed & TAGS:
        tags = inputs.get("tagsAll") or inputs.get("tags") or {}
        if tags:
            pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
            s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": pairs})
        else:
            s3.delete_bucket_tagging(Bucket=name)
    if "versioning" in changed and inputs.get("versioning") is not None:
        status = "Enabled" if inputs["versioning"].get("enabled") else "Suspended"
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": status})
    if "policy" in changed:
        if inputs.get("policy"):
            s3.put_bucket_policy(Bucket=name, Policy=inputs["policy"])
        else:
            s3.delete_bucket_policy(Bucket=name)
    if "acl" in changed and inputs.get("acl"):
        s3.put_bucket_acl(Bucket=name, ACL=inputs["acl"])


def _read(ctx: Context, name: str, _state: Props) -> Props | None:
    s3 = ctx.client("s3")
    try:
        s3.head_bucket(Bucket=name)
    except CLOUD_ERRORS as error:
        if is_gone(error):
            return None
        raise
    location = s3.get_bucket_location(Bucket=name).get("LocationConstraint") or _OLDEST_REGION
    versioning = s3.get_bucket_versioning(Bucket=name).get("Status") == "Enabled"
    return {
        "bucket": name,
        "arn": f"arn:{ctx.partition}:s3:::{name}",
        "bucketDomainName": f"{name}.s3.amazonaws.com",
        "bucketRegionalDomainName": f"{name}.s3.{location}.amazonaws.com",
        "bucketRegion": location,
        "region": location,
        "versioning": {"enabled": versioning, "mfaDelete": False},
        "objectLockEnabled": _has_object_lock(ctx, name),
        "tagsAll": _tags(ctx, name),
    }


def _tags(ctx: Context, name: str) -> dict[str, str]:
    try:
        return as_map(ctx.client("s3").get_bucket_tagging(Bucket=name)["TagSet"])
    except CLOUD_ERRORS as error:
        if is_gone(error):
            return {}
        raise


def _has_object_lock(ctx: Context, name: str) -> bool:
    try:
        answer = ctx.client("s3").get_object_lock_configuration(Bucket=name)
    except CLOUD_ERRORS as error:
        if is_gone(error):
            return False
        raise
    return bool(answer["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled")


def _update(ctx: Context, name: str, _state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _settings(ctx, name, inputs, changed)


def _delete(ctx: Context, name: str, state: Props) -> None:
    """A bucket with objects in it is deleted only where `forceDestroy` was set."""
    s3 = ctx.client("s3")
    if state.get("forceDestroy"):
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=name):
            for entry in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
                s3.delete_object(
                    Bucket=name,
                    Key=entry["Key"],
                    VersionId=entry["VersionId"],
                    BypassGovernanceRetention=bool(state.get("objectLockEnabled")),
                )
    s3.delete_bucket(Bucket=name)


BUCKET = Resource(
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
    replace=frozenset({"bucket", "bucketPrefix", "objectLockEnabled", "bucketNamespace"}),
)
