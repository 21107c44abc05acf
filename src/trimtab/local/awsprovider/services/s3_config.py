"""What is configured on a bucket by a resource of its own: one put, one get, one delete each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.convert import from_aws, matching, to_aws
from trimtab.local.awsprovider.paths import find
from trimtab.local.awsprovider.resource import Resource

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


@dataclass(frozen=True)
class BucketConfig:
    """One configuration of a bucket.

    Attributes:
        put: operation that sets it.
        get: operation that reads it; `root` is where its answer holds it.
        delete: operation that removes it; empty: `off` is put instead.
        member: the put operation's parameter that takes it.
        within: the only member of `member`, where that wraps it once more.
        always: properties with a default that the API asks for.
        rename: AWS member to property, where names differ.
    """

    put: str
    get: str
    delete: str
    member: str
    root: str
    within: str = ""
    always: dict[str, Any] = field(default_factory=dict)
    off: dict[str, Any] = field(default_factory=dict)
    rename: dict[str, str] = field(default_factory=dict)

    def create(self, ctx: Context, inputs: Props) -> str:
        """Set it; its id is the bucket's name."""
        s3 = ctx.client("s3")
        operation = s3.meta.method_to_api_mapping[self.put]
        shape = s3.meta.service_model.operation_model(operation).input_shape
        whole = matching(self.member, inputs)
        # Some types hold the configuration as one property, others as the resource's own properties.
        own = {**self.always, **inputs}
        given = inputs if whole else {self.member: {self.within: own} if self.within else own}
        asked = to_aws(shape, {"Bucket": inputs["bucket"], **given}, self.rename)
        getattr(s3, self.put)(Bucket=inputs["bucket"], **{self.member: asked[self.member]})
        return str(inputs["bucket"])

    def read(self, ctx: Context, bucket: str, _state: Props) -> Props | None:
        """What the bucket has; None where it has none."""
        answer = getattr(ctx.client("s3"), self.get)(Bucket=bucket)
        found = find(self.root, answer)
        if not found:
            return None
        props = from_aws(found, ctx.type.outputs, ctx.type.objects, self.rename, self.member)
        return {**props, "bucket": bucket, "region": ctx.region}

    def update(self, ctx: Context, _id: str, _state: Props, inputs: Props, _changed: frozenset[str]) -> None:
        """Set it anew, whole."""
        self.create(ctx, inputs)

    def remove(self, ctx: Context, bucket: str, _state: Props) -> None:
        """Take it off the bucket."""
        s3 = ctx.client("s3")
        if self.delete:
            getattr(s3, self.delete)(Bucket=bucket)
        elif self.off:
            getattr(s3, self.put)(Bucket=bucket, **self.off)

    def resource(self) -> Resource:
        """This configuration as a mapped type."""
        return Resource(
            create=self.create,
            read=self.read,
            update=self.update,
            delete=self.remove,
            replace=frozenset({"bucket", "expectedBucketOwner"}),
        )


_VERSIONING = BucketConfig(
    "put_bucket_versioning",
    "get_bucket_versioning",
    "",
    "VersioningConfiguration",
    "{versioningConfiguration: @}",
    off={"VersioningConfiguration": {"Status": "Suspended"}},
)
_ENCRYPTION = BucketConfig(
    "put_bucket_encryption",
    "get_bucket_encryption",
    "delete_bucket_encryption",
    "ServerSideEncryptionConfiguration",
    "ServerSideEncryptionConfiguration",
    rename={"KMSMasterKeyID": "kmsMasterKeyId"},
)
_PUBLIC_ACCESS = BucketConfig(
    "put_public_access_block",
    "get_public_access_block",
    "delete_public_access_block",
    "PublicAccessBlockConfiguration",
    "PublicAccessBlockConfiguration",
)
_LIFECYCLE = BucketConfig(
    "put_bucket_lifecycle_configuration",
    "get_bucket_lifecycle_configuration",
    "delete_bucket_lifecycle",
    "LifecycleConfiguration",
    "@",
)
_OBJECT_LOCK = BucketConfig(
    "put_object_lock_configuration",
    "get_object_lock_configuration",
    "",
    "ObjectLockConfiguration",
    "ObjectLockConfiguration",
    always={"objectLockEnabled": "Enabled"},
    off={"ObjectLockConfiguration": {"ObjectLockEnabled": "Enabled"}},
)
_POLICY = BucketConfig(
    "put_bucket_policy",
    "get_bucket_policy",
    "delete_bucket_policy",
    "Policy",
    "@",
)
_OWNERSHIP = BucketConfig(
    "put_bucket_ownership_controls",
    "get_bucket_ownership_controls",
    "delete_bucket_ownership_controls",
    "OwnershipControls",
    "OwnershipControls",
)
_LOGGING = BucketConfig(
    "put_bucket_logging",
    "get_bucket_logging",
    "",
    "BucketLoggingStatus",
    "LoggingEnabled",
    within="LoggingEnabled",
    off={"BucketLoggingStatus": {}},
)

BUCKET_CONFIGS: dict[str, Resource] = {
    "aws:s3/bucketVersioning:BucketVersioning": _VERSIONING.resource(),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (_ENCRYPTION.resource()),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _PUBLIC_ACCESS.resource(),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _LIFECYCLE.resource(),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": _OBJECT_LOCK.resource(),
    "aws:s3/bucketPolicy:BucketPolicy": _POLICY.resource(),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _OWNERSHIP.resource(),
    "aws:s3/bucketLogging:BucketLogging": _LOGGING.resource(),
}
