"""Where data and models lie: versioned buckets under a customer key, and a DVC remote."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from trimtab.components.base import CommonArgs, Component
from trimtab.components.buckets import (
    ACCESS_LOG_DAYS,
    BucketPlan,
    HardenedBucket,
    access_log_bucket,
    archive,
    hardened_bucket,
    unfinished_uploads,
)
from trimtab.components.encryption import customer_key
from trimtab.components.place import place_of
from trimtab.spec.artifact_store import ArtifactStore as ArtifactStoreSpec
from trimtab.spec.artifact_store import Lifecycle

EVIDENCE_ARCHIVE_DAYS = 90


class ArtifactStoreArgs(CommonArgs, TypedDict):
    """Inputs of an ArtifactStore."""

    spec: ArtifactStoreSpec
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """KMS key to encrypt with; absent: one of the store's own."""


class ArtifactStore(Component):
    """A data bucket, a model bucket, the bucket of their access logs and, where asked for, a locked evidence bucket.

    Every bucket is versioned, private and reached over TLS only. Data, models and evidence are encrypted with
    a customer key. In production all are protected from deletion.
    """

    data_bucket: pulumi.Output[str]
    """Name of the bucket that holds data sets and captured requests."""
    data_bucket_arn: pulumi.Output[str]
    model_bucket: pulumi.Output[str]
    """Name of the bucket that holds trained models and checkpoints."""
    model_bucket_arn: pulumi.Output[str]
    log_bucket: pulumi.Output[str]
    """Name of the bucket that holds the access logs of the others."""
    log_bucket_arn: pulumi.Output[str]
    evidence_bucket: pulumi.Output[str] | None
    """Name of the bucket whose objects nobody can change before their time; None where none is declared."""
    evidence_bucket_arn: pulumi.Output[str] | None
    kms_key_arn: pulumi.Output[str]
    """The customer key that encrypts the buckets."""
    dvc_remote_url: pulumi.Output[str]
    """What `dvc remote add` takes: `s3://<data bucket>/<prefix>`."""

    def __init__(self, name: str, args: ArtifactStoreArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts)
        self._spec = args["spec"]
        self.kms_key_arn = customer_key(self, services=(), given=args.get("kms_key_arn"))
        logs = access_log_bucket(self, place_of(self), kept_days=ACCESS_LOG_DAYS)
        data, models = self._bucket("data", logs), self._bucket("models", logs)
        evidence = self._evidence(logs)
        self.data_bucket, self.data_bucket_arn = data.name, data.arn
        self.model_bucket, self.model_bucket_arn = models.name, models.arn
        self.log_bucket, self.log_bucket_arn = logs.name, logs.arn
        self.evidence_bucket = evidence.name if evidence else None
        self.evidence_bucket_arn = evidence.arn if evidence else None
        self.dvc_remote_url = pulumi.Output.format("s3://{}/{}", data.name, self._spec.dvc_prefix)
        self.finish(self._outputs())

    @property
    def bucket_arns(self) -> list[pulumi.Output[str]]:
        """ARNs of the buckets whose objects an audit trail should watch."""
        watched = [self.data_bucket_arn, self.model_bucket_arn]
        return [*watched, self.evidence_bucket_arn] if self.evidence_bucket_arn else watched

    def _bucket(self, suffix: str, logs: HardenedBucket) -> HardenedBucket:
        plan = BucketPlan(
            key_arn=self.kms_key_arn,
            lifecycle=_ageing(self._spec.lifecycle),
            access_logs=logs,
            classification=self._spec.data_classification,
        )
        return hardened_bucket(self, suffix, plan)

    def _evidence(self, logs: HardenedBucket) -> HardenedBucket | None:
        if self._spec.evidence_lock_days is None:
            return None
        uploads = unfinished_uploads(self._spec.lifecycle.abort_incomplete_uploads_after_days)
        plan = BucketPlan(
            key_arn=self.kms_key_arn,
            lifecycle=(uploads, archive(EVIDENCE_ARCHIVE_DAYS)),
            access_logs=logs,
            lock_days=self._spec.evidence_lock_days,
            classification=self._spec.data_classification,
        )
        return hardened_bucket(self, "evidence", plan)

    def _outputs(self) -> dict[str, pulumi.Output[str] | None]:
        return {
            "dataBucket": self.data_bucket,
            "dataBucketArn": self.data_bucket_arn,
            "modelBucket": self.model_bucket,
            "modelBucketArn": self.model_bucket_arn,
            "logBucket": self.log_bucket,
            "logBucketArn": self.log_bucket_arn,
            "evidenceBucket": self.evidence_bucket,
            "evidenceBucketArn": self.evidence_bucket_arn,
            "kmsKeyArn": self.kms_key_arn,
            "dvcRemoteUrl": self.dvc_remote_url,
        }


def _ageing(spec: Lifecycle) -> tuple[aws.s3.BucketLifecycleConfigurationRuleArgs, ...]:
    current = aws.s3.BucketLifecycleConfigurationRuleTransitionArgs(
        days=spec.infrequent_access_after_days, storage_class="STANDARD_IA"
    )
    replaced = aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionTransitionArgs(
        noncurrent_days=spec.noncurrent_archive_after_days, storage_class="GLACIER_IR"
    )
    removed = aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
        noncurrent_days=spec.noncurrent_expire_after_days, newer_noncurrent_versions=spec.noncurrent_versions_kept
    )
    ageing = aws.s3.BucketLifecycleConfigurationRuleArgs(
        id="age",
        status="Enabled",
        filter=aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        transitions=[current],
        noncurrent_version_transitions=[replaced],
        noncurrent_version_expiration=removed,
    )
    return (unfinished_uploads(spec.abort_incomplete_uploads_after_days), ageing)
