"""What a pipeline's definition is made of, once every output is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.spec.pipelines import RetrainingPipeline

BASELINES = "monitoring"
"""Prefix of the data bucket that monitors read their baselines from: `monitoring/<endpoint>/baseline/…`."""


@dataclass(frozen=True)
class JobPlan:
    """Plain values of one pipeline: names, places, what its jobs run with."""

    spec: RetrainingPipeline
    group: str
    role_arn: str
    data_bucket: str
    model_bucket: str
    subnet_ids: tuple[str, ...]
    security_group_id: str
    key_arn: str | None
    analyzer_image: str | None
    """None: no monitor wants a baseline."""

    @property
    def data_uri(self) -> str:
        """Where training data lies: `train/` and `holdout/` below it."""
        return f"s3://{self.data_bucket}/{self.spec.data_prefix.strip('/')}"

    @property
    def output_uri(self) -> str:
        """Where trained models are written."""
        return f"s3://{self.model_bucket}/training/{self.spec.name}"

    @property
    def candidates_prefix(self) -> str:
        """Where the baselines of versions lie that are not deployed yet."""
        return f"{BASELINES}/{self.spec.endpoint}/candidates"
