"""From data to a deployed model: train, evaluate, gate, register, await approval, deploy."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.instances import InstanceType
from trimtab.spec.model_source import ImageDigest
from trimtab.spec.owner import Owner
from trimtab.spec.units import Cron, GiB, Name, Seconds


class Gate(SpecModel):
    """A bound that a metric of the evaluation must keep, or the model is not registered."""

    metric: Annotated[
        str,
        Field(
            pattern=r"^[a-z][a-z0-9_]*$",
            description="A metric of the evaluation report: auc, p99_latency_ms, …",
        ),
    ]
    comparison: Literal["at-least", "at-most"]
    value: float


class TrainingStep(SpecModel):
    """Where and for how long the model trains."""

    image: ImageDigest
    instance_type: InstanceType = "ml.m5.xlarge"
    instances: Annotated[int, Field(ge=1, le=64)] = 1
    volume_gib: GiB = 50
    max_runtime_seconds: Seconds = 86_400
    spot: bool = False
    """Managed spot training, with checkpoints in the model bucket."""


class RetrainingPipeline(SpecModel):
    """One model's pipeline: a SageMaker pipeline and the state machine that waits for approval and deploys."""

    name: Name
    model_group: Name
    """The registry group that versions are registered in."""
    endpoint: Name
    """The endpoint that an approved version is deployed to."""
    data_prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9_/=-]+$", description="Key prefix in the data bucket.")] = (
        "training"
    )
    training: TrainingStep
    gates: Annotated[tuple[Gate, ...], Field(min_length=1)]
    approval_timeout_seconds: Seconds = 604_800
    """How long a version waits for a person, in seconds; a week by default."""
    schedule: Cron | None = None
    owner: Owner | None = None

    @field_validator("schedule")
    @classmethod
    def _one_kind_of_day(cls, schedule: str | None) -> str | None:
        """EventBridge Scheduler takes a day of the month or of the week, not both, and days 0 to 7."""
        if schedule is None:
            return None
        _, _, day, _, weekday = schedule.split()
        if (day != "*" and weekday != "*") or set(re.findall(r"\d+", weekday.partition("/")[0])) - set("01234567"):
            raise PydanticCustomError(
                "schedule",
                "{schedule} names days that EventBridge Scheduler cannot",
                {"schedule": schedule, "allowed": "a day of the month, or days of the week from 0 (Sunday) to 6",
                 "remedy": "write * for one of the two day fields"},
            )  # fmt: skip
        return schedule


class Pipelines(SpecModel):
    """The retraining pipelines of a platform."""

    retraining: Annotated[tuple[RetrainingPipeline, ...], Field(min_length=1)]
