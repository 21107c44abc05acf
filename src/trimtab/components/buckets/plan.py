"""What one bucket is for, as far as its hardening depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pulumi
    import pulumi_aws as aws

    from trimtab.spec.owner import DataClassification


@dataclass(frozen=True)
class HardenedBucket:
    """A bucket with all that hardens it.

    Attributes:
        name: the bucket's name, as the cloud knows it.
        arn: the bucket's ARN.
        parts: the bucket and what hardens it: whoever needs its policy to stand depends on them.
    """

    bucket: aws.s3.Bucket
    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    parts: tuple[pulumi.Resource, ...]


@dataclass(frozen=True, kw_only=True)
class BucketPlan:
    """What one bucket is for.

    Attributes:
        key_arn: the customer key; None: S3's own keys, the only encryption that S3 takes for access logs.
        lifecycle: rules for ageing objects; at least one, or unfinished uploads are paid for without end.
        access_logs: the bucket that gets this one's access log; None for that bucket itself.
        lock_days: object lock in compliance mode, in days: nobody can delete or overwrite a version sooner.
        statements: further statements of the bucket's policy, made from its ARN.
        classification: how sensitive its data is, where that differs from the component's.
    """

    lifecycle: Sequence[aws.s3.BucketLifecycleConfigurationRuleArgs]
    key_arn: pulumi.Input[str] | None = None
    access_logs: HardenedBucket | None = None
    lock_days: int | None = None
    statements: Callable[[pulumi.Output[str]], list[dict[str, Any]]] | None = None
    classification: DataClassification | None = None
