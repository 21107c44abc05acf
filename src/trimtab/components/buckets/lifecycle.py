"""Lifecycle rules that more than one component's buckets have."""

from __future__ import annotations

import pulumi_aws as aws


def unfinished_uploads(days: int) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    """Return the lifecycle rule that removes uploads nobody finished within `days`."""
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="abort-unfinished-uploads",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
            days_after_initiation=days
        ),
    )


def expiry(days: int, *, prefix: str = "") -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    """Return the lifecycle rule that removes objects below `prefix`, and their older versions, after `days`."""
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="expire",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=prefix),
        expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
        noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
            noncurrent_days=days
        ),
    )


def archive(days: int) -> aws.s3.BucketLifecycleConfigurationRuleArgs:
    """Return the lifecycle rule that moves objects to Glacier Instant Retrieval after `days`."""
    return aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="archive",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        transitions=[aws.s3.BucketLifecycleConfigurationRuleTransitionArgs(days=days, storage_class="GLACIER_IR")],
    )
