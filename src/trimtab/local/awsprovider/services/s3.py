"""S3: buckets, what is configured on them one by one, and objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.awsprovider.services.s3_bucket import BUCKET
from trimtab.local.awsprovider.services.s3_config import BUCKET_CONFIGS
from trimtab.local.awsprovider.services.s3_notification import NOTIFICATION
from trimtab.local.awsprovider.services.s3_object import OBJECT

if TYPE_CHECKING:
    from trimtab.local.awsprovider.resource import Resource

S3: dict[str, Resource] = {
    "aws:s3/bucket:Bucket": BUCKET,
    "aws:s3/bucketObjectv2:BucketObjectv2": OBJECT,
    "aws:s3/bucketObject:BucketObject": OBJECT,
    "aws:s3/bucketNotification:BucketNotification": NOTIFICATION,
    **BUCKET_CONFIGS,
}
