"""The bucket that other buckets write their access logs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.buckets.hardened import hardened_bucket
from trimtab.components.buckets.lifecycle import expiry, unfinished_uploads
from trimtab.components.buckets.plan import BucketPlan, HardenedBucket
from trimtab.components.statements import allow, under

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place


def access_log_bucket(component: Component, place: Place, *, kept_days: int, suffix: str = "logs") -> HardenedBucket:
    """Return the bucket that a component's other buckets write their access logs to."""

    def delivery(arn: pulumi.Output[str]) -> list[dict[str, Any]]:
        return [
            allow(
                "S3DeliversAccessLogsOfThisAccount",
                ["s3:PutObject"],
                [under(arn)],
                principal={"Service": "logging.s3.amazonaws.com"},
                conditions={"StringEquals": {"aws:SourceAccount": place.account}},
            )
        ]

    rules = (unfinished_uploads(1), expiry(kept_days))
    return hardened_bucket(component, suffix, BucketPlan(lifecycle=rules, statements=delivery))
