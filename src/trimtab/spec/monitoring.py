"""What is watched, and what happens when it drifts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.instances import InstanceType
from trimtab.spec.units import GiB, Name, Percent

Email = Annotated[
    str,
    Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", description="An e-mail address."),
]


class ModelMonitor(SpecModel):
    """A SageMaker monitoring schedule over one endpoint's captured data."""

    endpoint: Name
    """An endpoint of the same declaration; it must capture data."""
    hours_between_runs: Annotated[int, Field(ge=1, le=24)] = 1
    instance_type: InstanceType = "ml.m5.xlarge"
    volume_gib: GiB = 20
    ground_truth_prefix: str | None = None
    """Key prefix of the labels in the data bucket; present: model quality is watched as well as data quality."""
    prediction_attribute: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z0-9_.\[\]-]+$", description="A CSV column counted from 0, or a field of a JSON answer."
        ),
    ] = "0"
    """Where the prediction lies in the captured answer."""
    problem_type: Annotated[
        str, Field(pattern=r"^(BinaryClassification|MulticlassClassification|Regression)$",
                   description="BinaryClassification, MulticlassClassification or Regression.")
    ] = "BinaryClassification"  # fmt: skip


class Monitoring(SpecModel):
    """Alarms, one dashboard, drift and quality schedules."""

    alarm_email: Email
    error_rate_percent: Annotated[float, Field(gt=0, le=100)] = 1.0
    """Share of 5xx answers in five minutes that raises the alarm."""
    saturation_percent: Percent = 85
    """CPU or GPU utilisation that raises the alarm."""
    gpu_idle_percent: Percent = 5
    """A training GPU below it for an hour is reported as idle."""
    monitors: tuple[ModelMonitor, ...] = ()
    retrain_on_drift: bool = True
    """Whether a drift alarm starts the retraining pipeline."""
