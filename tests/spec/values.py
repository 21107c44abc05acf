"""hypothesis strategies for the small values that every part of a declaration is made of."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

Part = st.SearchStrategy[dict[str, Any]]

whole_platforms = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
"""For tests that draw whole declarations: they are large, and a busy machine is no failure."""

names = st.from_regex(r"[a-z]([a-z0-9-]{0,28}[a-z0-9])?", fullmatch=True)
tag_values = st.text("abcXYZ019 .:/=+@_-", min_size=1, max_size=40)
contacts = st.from_regex(r"[a-z0-9.+_-]{1,20}@[a-z0-9-]{1,12}\.[a-z]{2,4}", fullmatch=True)
classifications = st.sampled_from(["public", "internal", "confidential", "restricted"])
service_classes = st.sampled_from(["critical", "standard", "batch"])
log_retention_days = st.sampled_from([1, 30, 90, 365, 731, 3653])
ml_types = st.sampled_from(["ml.g5.2xlarge", "ml.m5.large", "ml.g6e.12xlarge", "ml.inf2.xlarge", "ml.p4d.24xlarge"])
ec2_types = st.sampled_from(
    ["g5.2xlarge", "g5.48xlarge", "g6e.8xlarge", "p4d.24xlarge", "p5.48xlarge", "trn1.32xlarge"]
)
images = st.from_regex(r"[a-z0-9./-]{1,30}@sha256:[0-9a-f]{64}", fullmatch=True)
owners = st.fixed_dictionaries({"team": tag_values, "costCenter": tag_values, "contact": contacts})
amounts = st.decimals(0, 10**8, places=2).map(str)


def some(required: dict[str, st.SearchStrategy[Any]], optional: dict[str, st.SearchStrategy[Any]]) -> Part:
    """Return an object with every required field and any of the optional ones."""
    return st.fixed_dictionaries(required, optional=optional)


def between(low: int, high: int) -> st.SearchStrategy[int]:
    """Return whole numbers, both bounds among them."""
    return st.integers(low, high)
