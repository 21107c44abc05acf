"""Where data and models lie, version by version."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.owner import DataClassification
from trimtab.spec.units import Days


class Lifecycle(SpecModel):
    """What happens to objects as they age. Versions are kept: an old model can always be rolled back to."""

    infrequent_access_after_days: Annotated[Days, Field(ge=30)] = 60
    """Current versions move to S3 Standard-IA, which S3 allows after 30 days at the earliest."""
    noncurrent_archive_after_days: Days = 90
    """Replaced versions move to Glacier Instant Retrieval."""
    noncurrent_versions_kept: Annotated[int, Field(ge=1, le=100)] = 20
    """Newest replaced versions that are never removed."""
    noncurrent_expire_after_days: Annotated[Days, Field(ge=30)] = 730
    abort_incomplete_uploads_after_days: Days = 7

    @model_validator(mode="after")
    def _archived_before_it_expires(self) -> Self:
        """S3 refuses an expiry that is not later than the move to another storage class."""
        if self.noncurrent_expire_after_days <= self.noncurrent_archive_after_days:
            raise PydanticCustomError(
                "lifecycle_order",
                "noncurrentExpireAfterDays {expire} is not later than noncurrentArchiveAfterDays {archive}",
                {
                    "field": "noncurrentExpireAfterDays",
                    "expire": self.noncurrent_expire_after_days,
                    "archive": self.noncurrent_archive_after_days,
                    "allowed": f"noncurrentExpireAfterDays of {self.noncurrent_archive_after_days + 1} or more",
                    "remedy": "raise noncurrentExpireAfterDays or lower noncurrentArchiveAfterDays",
                },
            )
        return self


class ArtifactStore(SpecModel):
    """A data bucket that a DVC remote points at and a model bucket, both versioned and encrypted."""

    data_classification: DataClassification = "confidential"
    dvc_prefix: Annotated[
        str, Field(pattern=r"^[a-z0-9][a-z0-9/-]{0,62}$", description="Key prefix, without a leading slash.")
    ] = "dvc"
    """Key prefix of the DVC remote in the data bucket."""
    lifecycle: Lifecycle = Lifecycle()
    evidence_lock_days: Days | None = None
    """Object lock in compliance mode on the evidence bucket, in days; absent: no evidence bucket."""
