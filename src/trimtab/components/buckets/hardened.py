"""A bucket with all that hardens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.buckets.hardening import Hardening
from trimtab.components.buckets.plan import HardenedBucket

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.buckets.plan import BucketPlan

DISPOSABLE = frozenset({"local", "dev"})
"""Environments whose buckets and repositories are emptied when they are destroyed."""


def hardened_bucket(component: Component, suffix: str, plan: BucketPlan) -> HardenedBucket:
    """Return a bucket of `component`, called `<platform>-<environment>-<component>-<suffix>-…`."""
    disposable = component.context.environment in DISPOSABLE and plan.lock_days is None
    bucket = aws.s3.Bucket(
        f"{component.context.prefix}-{component.name}-{suffix}",
        # Object lock can only be asked for when a bucket is made.
        object_lock_enabled=plan.lock_days is not None,
        force_destroy=disposable,
        tags=component.tags(classification=plan.classification),
        opts=component.stateful(),
    )
    here = Hardening(component, f"{component.name}-{suffix}", bucket, plan)
    versioning = here.versioning()
    parts = (bucket, versioning, here.encryption(), here.privacy(), here.ownership(), here.policy())
    return HardenedBucket(bucket, bucket.bucket, bucket.arn, (*parts, *here.optional(versioning)))
