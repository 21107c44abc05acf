"""Evidence: who did what, kept where nobody can change it, for as long as the law asks."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.units import EachOnce, LogRetentionDays

RiskClass = Literal["minimal", "limited", "high"]
RISK_TAG = "EuAiActRisk"
"""The tag that names the risk class of whatever serves."""
SIX_MONTHS_DAYS = 183
"""EU AI Act, articles 19(1) and 26(6): logs of a high-risk system are kept at least six months."""


class AuditTrail(SpecModel):
    """CloudTrail with data events and validation into a locked bucket, and AWS Config rules."""

    eu_ai_act_risk: RiskClass = "limited"
    """Risk class of the platform's most sensitive system under the EU AI Act."""
    log_retention_days: LogRetentionDays = 365
    evidence_lock_days: Annotated[int, Field(ge=1, le=3653)] = 365
    """Object lock (compliance mode) on the trail's bucket."""
    config_recorder: Literal["own", "existing"] = "own"
    """Who runs AWS Config's recorder. An account has one a region: `existing` where another stack or a landing zone
    has it, and only the rules are added."""
    config_rules: Annotated[
        tuple[
            Literal[
                "S3_BUCKET_VERSIONING_ENABLED",
                "S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED",
                "S3_BUCKET_PUBLIC_READ_PROHIBITED",
                "SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED",
                "SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS",
                "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
                "CMK_BACKING_KEY_ROTATION_ENABLED",
                "ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED",
            ],
            ...,
        ],
        EachOnce,
    ] = (
        "S3_BUCKET_VERSIONING_ENABLED",
        "S3_BUCKET_PUBLIC_READ_PROHIBITED",
        "SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED",
        "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED",
    )
    """Identifiers of AWS's managed Config rules."""

    @model_validator(mode="after")
    def _high_risk_keeps_logs(self) -> Self:
        for field, days in (
            ("logRetentionDays", self.log_retention_days),
            ("evidenceLockDays", self.evidence_lock_days),
        ):
            if self.eu_ai_act_risk == "high" and days < SIX_MONTHS_DAYS:
                raise PydanticCustomError(
                    "retention",
                    "{field} {days} is too short for a high-risk system",
                    {
                        "field": field,
                        "days": days,
                        "allowed": f"{SIX_MONTHS_DAYS} or more (EU AI Act, articles 19 and 26)",
                        "remedy": f"set {field} to 365",
                    },
                )
        return self
