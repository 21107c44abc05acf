"""A bucket as every component makes it: versioned, encrypted, private, over TLS only, its access logged."""

from __future__ import annotations

from trimtab.components.buckets.access_logs import access_log_bucket
from trimtab.components.buckets.hardened import DISPOSABLE, hardened_bucket
from trimtab.components.buckets.lifecycle import archive, expiry, unfinished_uploads
from trimtab.components.buckets.plan import BucketPlan, HardenedBucket
from trimtab.components.buckets.store import ACCESS_LOG_DAYS, Store, given_store, own_store

__all__ = [
    "ACCESS_LOG_DAYS",
    "DISPOSABLE",
    "BucketPlan",
    "HardenedBucket",
    "Store",
    "access_log_bucket",
    "archive",
    "expiry",
    "given_store",
    "hardened_bucket",
    "own_store",
    "unfinished_uploads",
]
