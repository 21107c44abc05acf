"""S3 objects: from inline content, or from a file or text asset."""

from __future__ import annotations

import base64
import urllib.parse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.errors import CLOUD_ERRORS, is_gone
from trimtab.local.awsprovider.resource import TAGS, Resource
from trimtab.local.awsprovider.tagging import as_map

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_PARAMS = {
    "acl": "ACL",
    "cacheControl": "CacheControl",
    "contentDisposition": "ContentDisposition",
    "contentEncoding": "ContentEncoding",
    "contentLanguage": "ContentLanguage",
    "contentType": "ContentType",
    "kmsKeyId": "SSEKMSKeyId",
    "metadata": "Metadata",
    "objectLockLegalHoldStatus": "ObjectLockLegalHoldStatus",
    "objectLockMode": "ObjectLockMode",
    "objectLockRetainUntilDate": "ObjectLockRetainUntilDate",
    "serverSideEncryption": "ServerSideEncryption",
    "storageClass": "StorageClass",
}


def _body(inputs: Props) -> bytes:
    if inputs.get("contentBase64"):
        return base64.b64decode(inputs["contentBase64"])
    source = inputs.get("source") or {}
    if source.get("path"):
        return Path(source["path"]).read_bytes()
    return str(inputs.get("content") or source.get("text") or "").encode()


def _create(ctx: Context, inputs: Props) -> str:
    asked: dict[str, Any] = {_PARAMS[key]: inputs[key] for key in _PARAMS if inputs.get(key) is not None}
    if asked.get("SSEKMSKeyId"):
        asked.setdefault("ServerSideEncryption", "aws:kms")
    tags = inputs.get("tagsAll") or {}
    if tags:
        asked["Tagging"] = urllib.parse.urlencode(tags)
    ctx.client("s3").put_object(Bucket=inputs["bucket"], Key=inputs["key"], Body=_body(inputs), **asked)
    return f"{inputs['bucket']}/{inputs['key']}"


def _read(ctx: Context, object_id: str, _state: Props) -> Props | None:
    bucket, _, key = object_id.partition("/")
    s3 = ctx.client("s3")
    try:
        head = s3.head_object(Bucket=bucket, Key=key)
    except CLOUD_ERRORS as error:
        if is_gone(error):
            return None
        raise
    tags = s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
    return {
        "bucket": bucket,
        "key": key,
        "arn": f"arn:{ctx.partition}:s3:::{object_id}",
        "region": ctx.region,
        "etag": head["ETag"].strip('"'),
        "versionId": head.get("VersionId", ""),
        "contentType": head.get("ContentType", "binary/octet-stream"),
        "storageClass": head.get("StorageClass", "STANDARD"),
        "serverSideEncryption": head.get("ServerSideEncryption", "AES256"),
        "metadata": head.get("Metadata") or {},
        "tagsAll": as_map(tags),
    }


def _update(ctx: Context, object_id: str, _state: Props, inputs: Props, changed: frozenset[str]) -> None:
    if changed - TAGS:
        _create(ctx, inputs)
        return
    bucket, _, key = object_id.partition("/")
    pairs = [{"Key": name, "Value": value} for name, value in (inputs.get("tagsAll") or {}).items()]
    ctx.client("s3").put_object_tagging(Bucket=bucket, Key=key, Tagging={"TagSet": pairs})


def _delete(ctx: Context, object_id: str, state: Props) -> None:
    """Every version goes with the object, as the real provider has it."""
    bucket, _, key = object_id.partition("/")
    s3 = ctx.client("s3")
    found = False
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=key):
        for entry in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
            if entry["Key"] == key and entry["VersionId"] != "null":
                found = True
                s3.delete_object(
                    Bucket=bucket,
                    Key=key,
                    VersionId=entry["VersionId"],
                    BypassGovernanceRetention=bool(state.get("forceDestroy")),
                )
    if not found:
        s3.delete_object(Bucket=bucket, Key=key)


OBJECT = Resource(
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
    replace=frozenset({"bucket", "key"}),
    moving=frozenset({"etag", "versionId"}),
)
