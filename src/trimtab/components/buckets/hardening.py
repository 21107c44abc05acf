"""What makes a bucket safe: each setting a resource of its own, as S3's API has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pulumi_aws as aws

from trimtab.components.statements import deny, document, under

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.buckets.plan import BucketPlan

OLDEST_TLS = "1.2"


@dataclass(frozen=True)
class Hardening:
    """The settings that S3 keeps apart from a bucket, each a resource of its own."""

    component: Component
    label: str
    bucket: aws.s3.Bucket
    plan: BucketPlan

    def versioning(self) -> aws.s3.BucketVersioning:
        return aws.s3.BucketVersioning(
            f"{self.label}-versioning",
            bucket=self.bucket.bucket,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=self.component.child(),
        )

    def encryption(self) -> aws.s3.BucketServerSideEncryptionConfiguration:
        keyed = self.plan.key_arn is not None
        default = aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
            sse_algorithm="aws:kms" if keyed else "AES256", kms_master_key_id=self.plan.key_arn
        )
        rule = aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
            apply_server_side_encryption_by_default=default,
            bucket_key_enabled=keyed,  # One data key a bucket and hour instead of one an object: KMS bills by request.
        )
        return aws.s3.BucketServerSideEncryptionConfiguration(
            f"{self.label}-encryption", bucket=self.bucket.bucket, rules=[rule], opts=self.component.child()
        )

    def privacy(self) -> aws.s3.BucketPublicAccessBlock:
        return aws.s3.BucketPublicAccessBlock(
            f"{self.label}-private",
            bucket=self.bucket.bucket,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self.component.child(),
        )

    def ownership(self) -> aws.s3.BucketOwnershipControls:
        return aws.s3.BucketOwnershipControls(
            f"{self.label}-ownership",
            bucket=self.bucket.bucket,
            rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
            opts=self.component.child(),
        )

    def policy(self) -> aws.s3.BucketPolicy:
        arn = self.bucket.arn
        further = self.plan.statements(arn) if self.plan.statements else []
        return aws.s3.BucketPolicy(
            f"{self.label}-policy",
            bucket=self.bucket.bucket,
            policy=document([*_encrypted_transport(arn), *further]),
            opts=self.component.child(),
        )

    def optional(self, versioning: aws.s3.BucketVersioning) -> list[pulumi.Resource]:
        """Rules for versions and locks, which S3 refuses before the bucket is versioned, and the access log."""
        after = self.component.child(depends_on=[versioning])
        parts: list[pulumi.Resource] = [
            aws.s3.BucketLifecycleConfiguration(
                f"{self.label}-lifecycle", bucket=self.bucket.bucket, rules=list(self.plan.lifecycle), opts=after
            )
        ]
        if self.plan.lock_days is not None:
            parts.append(self._lock(self.plan.lock_days, after))
        if self.plan.access_logs is not None:
            parts.append(
                aws.s3.BucketLogging(
                    f"{self.label}-logging",
                    bucket=self.bucket.bucket,
                    target_bucket=self.plan.access_logs.name,
                    target_prefix=f"{self.label}/",
                    # S3 checks that the target lets the log service in, so its policy comes first.
                    opts=self.component.child(depends_on=list(self.plan.access_logs.parts)),
                )
            )
        return parts

    def _lock(self, days: int, opts: pulumi.ResourceOptions) -> aws.s3.BucketObjectLockConfiguration:
        retention = aws.s3.BucketObjectLockConfigurationRuleDefaultRetentionArgs(mode="COMPLIANCE", days=days)
        return aws.s3.BucketObjectLockConfiguration(
            f"{self.label}-lock",
            bucket=self.bucket.bucket,
            object_lock_enabled="Enabled",
            rule=aws.s3.BucketObjectLockConfigurationRuleArgs(default_retention=retention),
            opts=opts,
        )


def _encrypted_transport(arn: pulumi.Output[str]) -> list[dict[str, Any]]:
    resources = [arn, under(arn)]
    everyone = {"AWS": "*"}
    return [
        deny(
            "RefuseUnencryptedTransport",
            ["s3:*"],
            resources,
            principal=everyone,
            conditions={"Bool": {"aws:SecureTransport": "false"}},
        ),
        deny(
            "RefuseOldTls",
            ["s3:*"],
            resources,
            principal=everyone,
            conditions={"NumericLessThan": {"s3:TlsVersion": OLDEST_TLS}},
        ),
    ]
