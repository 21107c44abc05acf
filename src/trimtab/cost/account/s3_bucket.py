"""Parts of uploads that were never completed: paid for, and in no listing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from trimtab.cost.account.base import GIB, AccountKind, Found, Verdict, tags_of
from trimtab.cost.prices.items import Charge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.account.base import ClientOf, Use

# An upload of the largest object S3 takes (5 TiB) is done in a day at 60 MiB/s; after a week nobody goes on with it.
_DAYS = 7
_HOME = "us-east-1"


def _read(client_of: ClientOf, region: str) -> Iterator[Found]:
    s3 = client_of("s3", region)
    for bucket in s3.list_buckets()["Buckets"]:
        name = bucket["Name"]
        if (s3.get_bucket_location(Bucket=name).get("LocationConstraint") or _HOME) != region:
            continue
        aborts = _aborts(s3, name)
        uploads, size = (0, 0) if aborts else _incomplete(s3, name)
        facts = {"abortsIncomplete": aborts, "oldUploads": uploads, "oldBytes": size}
        yield Found(name, region, facts, _tags(s3, name), bucket.get("CreationDate"))


def _aborts(s3: Any, name: str) -> bool:
    try:
        rules = s3.get_bucket_lifecycle_configuration(Bucket=name).get("Rules", [])
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchLifecycleConfiguration":
            return False
        raise
    return any(rule["Status"] == "Enabled" and "AbortIncompleteMultipartUpload" in rule for rule in rules)


def _incomplete(s3: Any, name: str) -> tuple[int, int]:
    """Return how many old uploads there are, and the bytes of their parts."""
    before, count, size = datetime.now(tz=UTC) - timedelta(days=_DAYS), 0, 0
    for page in s3.get_paginator("list_multipart_uploads").paginate(Bucket=name):
        for upload in page.get("Uploads", []):
            if upload["Initiated"] < before:
                count += 1
                parts = s3.get_paginator("list_parts").paginate(
                    Bucket=name, Key=upload["Key"], UploadId=upload["UploadId"]
                )
                size += sum(part["Size"] for listed in parts for part in listed.get("Parts", []))
    return count, size


def _tags(s3: Any, name: str) -> dict[str, str]:
    try:
        return tags_of(s3.get_bucket_tagging(Bucket=name)["TagSet"])
    except ClientError as error:
        if error.response["Error"]["Code"] == "NoSuchTagSet":
            return {}
        raise


def _judge(one: Found, _: Use) -> Verdict | None:
    if one.facts["abortsIncomplete"] or not one.facts["oldUploads"]:
        return None
    gib = one.number("oldBytes") / GIB
    return Verdict(
        "add",
        f"no rule ends incomplete uploads; {one.number('oldUploads'):g} are older than {_DAYS} days ({gib:,.2f} GiB)",
        (Charge("s3-standard-gib", gib),),
        changes={"abortIncompleteMultipartUploadDays": _DAYS},
    )


S3_BUCKET = AccountKind(
    id="s3-bucket",
    title="S3 bucket",
    found="Parts of uploads are older than a week, and no rule ends them.",
    proposed="Add the rule.",
    never_cross="No object is touched: only parts of uploads that nobody went on with for a week.",
    permissions=(
        "s3:ListAllMyBuckets",
        "s3:GetBucketLocation",
        "s3:GetLifecycleConfiguration",
        "s3:GetBucketTagging",
        "s3:ListBucketMultipartUploads",
        "s3:ListMultipartUploadParts",
    ),
    read=_read,
    judge=_judge,
    ages=False,
)
