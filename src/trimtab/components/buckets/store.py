"""The bucket that a component writes to: wired in by the caller, or one of its own when it is used alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from trimtab.components.buckets.access_logs import access_log_bucket
from trimtab.components.buckets.hardened import hardened_bucket
from trimtab.components.buckets.plan import BucketPlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi_aws as aws

    from trimtab.components.base import Component
    from trimtab.components.place import Place

ACCESS_LOG_DAYS = 365
"""Who read which data is asked for months later: six at least under the EU AI Act, a year by habit."""


@dataclass(frozen=True)
class Store:
    """A bucket by name and ARN, with what must stand before it is written to."""

    name: pulumi.Output[str]
    arn: pulumi.Output[str]
    parts: tuple[pulumi.Resource, ...] = ()


def given_store(place: Place, name: pulumi.Input[str]) -> Store:
    """Return a bucket that the caller named."""
    return Store(pulumi.Output.from_input(name), pulumi.Output.format("arn:{}:s3:::{}", place.partition, name))


def own_store(
    component: Component,
    suffix: str,
    place: Place,
    *,
    key_arn: pulumi.Input[str],
    lifecycle: Sequence[aws.s3.BucketLifecycleConfigurationRuleArgs],
) -> Store:
    """Return a bucket of the component's own, with another one for its access logs."""
    logs = access_log_bucket(component, place, kept_days=ACCESS_LOG_DAYS, suffix=f"{suffix}-logs")
    plan = BucketPlan(key_arn=key_arn, lifecycle=lifecycle, access_logs=logs)
    bucket = hardened_bucket(component, suffix, plan)
    return Store(bucket.name, bucket.arn, bucket.parts)
