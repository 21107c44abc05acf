"""Where decisions lie: as evidence, which nobody can change or delete before its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.buckets import (
    ACCESS_LOG_DAYS,
    BucketPlan,
    HardenedBucket,
    access_log_bucket,
    archive,
    hardened_bucket,
    unfinished_uploads,
)

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.spec.reviews import Reviews

ARCHIVE_DAYS = 90
UNFINISHED_UPLOAD_DAYS = 7


def answers_bucket(component: Component, spec: Reviews, place: Place, key_arn: pulumi.Output[str]) -> HardenedBucket:
    """Return the bucket of all endpoints' decisions, locked for as long as the longest of the reviews asks."""
    logs = access_log_bucket(component, place, kept_days=ACCESS_LOG_DAYS)
    plan = BucketPlan(
        key_arn=key_arn,
        lifecycle=(unfinished_uploads(UNFINISHED_UPLOAD_DAYS), archive(ARCHIVE_DAYS)),
        access_logs=logs,
        lock_days=spec.kept_days,
        classification="restricted",
    )
    return hardened_bucket(component, "answers", plan)
