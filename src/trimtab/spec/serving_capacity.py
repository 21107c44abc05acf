"""The forms in which SageMaker serves a model, and what each may be sized to."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.hourly_floors import NO_FLOORS, HourlyFloors, above_maximum, floors_field, highest
from trimtab.spec.instances import MlInstanceType, ladder
from trimtab.spec.serving_components import InferenceComponents
from trimtab.spec.serving_steps import COOLDOWNS, MOST_INVOCATIONS, around
from trimtab.spec.sizing import SizingField
from trimtab.spec.units import MOST, Count, Seconds


class _Scaled(SpecModel):
    """Instances between two bounds."""

    instance_type: MlInstanceType
    min_instances: Count
    max_instances: Annotated[Count, Field(ge=1)]
    scale_out_cooldown_seconds: Seconds = 60
    scale_in_cooldown_seconds: Seconds = 600
    hourly_floors: HourlyFloors = NO_FLOORS
    """Fewest instances by hour of the week, where more than `minInstances` should stand before the load comes."""

    @model_validator(mode="after")
    def _floors(self) -> Self:
        problem = above_maximum(self.hourly_floors, self.max_instances, "maxInstances")
        if problem is not None:
            raise problem
        return self

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.min_instances > self.max_instances:
            raise PydanticCustomError(
                "bounds",
                "minInstances {low} is more than maxInstances {high}",
                {"field": "minInstances", "low": self.min_instances, "high": self.max_instances,
                 "allowed": f"0 to {self.max_instances}", "remedy": "lower minInstances or raise maxInstances"},
            )  # fmt: skip
        return self

    def sizing_fields(self, at: str | None) -> tuple[SizingField, ...]:
        """Return the fields that may be set, under the path prefix `at` (None: no declaration to edit)."""
        most = min(2 * self.max_instances, MOST)  # Under-provisioned is advice too.
        least_ceiling = max(1, self.min_instances, highest(self.hourly_floors))
        return (
            SizingField(
                name="minInstances", spec_path=at and f"{at}minInstances", unit="instances",
                current=self.min_instances, allowed=tuple(range(self._floor(), self.max_instances + 1)),
            ),
            SizingField(
                name="maxInstances", spec_path=at and f"{at}maxInstances", unit="instances",
                current=self.max_instances, allowed=tuple(range(least_ceiling, most + 1)),
            ),
            SizingField(
                name="instanceType", spec_path=at and f"{at}instanceType", unit="instanceType",
                current=self.instance_type, allowed=ladder(self.instance_type),
            ),
            SizingField(
                name="scaleInCooldownSeconds", spec_path=at and f"{at}scaleInCooldownSeconds", unit="seconds",
                current=self.scale_in_cooldown_seconds,
                allowed=tuple(sorted({*COOLDOWNS, self.scale_in_cooldown_seconds})),
            ),
            floors_field(at, self.hourly_floors, self.max_instances),
        )  # fmt: skip

    def _floor(self) -> int:
        return min(self.min_instances, 1)


class _Tracked(_Scaled):
    """Instances that follow the invocations of each."""

    min_instances: Annotated[Count, Field(ge=1)]
    target_invocations_per_instance: Annotated[int, Field(ge=1, le=MOST_INVOCATIONS)]
    """Invocations a minute that one instance bears: the autoscaling target."""

    def sizing_fields(self, at: str | None) -> tuple[SizingField, ...]:
        """Return the fields that may be set, under the path prefix `at` (None: no declaration to edit)."""
        target = self.target_invocations_per_instance
        return (
            *super().sizing_fields(at),
            SizingField(
                name="targetInvocationsPerInstance", spec_path=at and f"{at}targetInvocationsPerInstance",
                unit="invocationsPerMinute", current=target, allowed=around(target),
            ),
        )  # fmt: skip


class RealTime(_Tracked):
    """Answers while the caller waits; at least one instance always runs."""

    form: Literal["real-time"]


class Asynchronous(_Scaled):
    """Answers into a bucket; scales to zero when its queue is empty."""

    form: Literal["asynchronous"]
    min_instances: Count = 0
    backlog_per_instance: Annotated[int, Field(ge=1, le=10_000)] = 5
    max_concurrent_invocations: Annotated[int, Field(ge=1, le=1000)] = 4


class MultiModel(_Tracked):
    """Many models behind one endpoint, loaded when they are asked for."""

    form: Literal["multi-model"]


class Serverless(SpecModel):
    """Paid by the request; no GPU."""

    form: Literal["serverless"]
    memory_mib: Literal[1024, 2048, 3072, 4096, 5120, 6144] = 2048
    max_concurrency: Annotated[int, Field(ge=1, le=200)] = 20
    provisioned_concurrency: Annotated[int, Field(ge=1, le=200)] | None = None

    @model_validator(mode="after")
    def _provisioned_within_maximum(self) -> Self:
        if self.provisioned_concurrency and self.provisioned_concurrency > self.max_concurrency:
            raise PydanticCustomError(
                "bounds",
                "provisionedConcurrency {low} is more than maxConcurrency {high}",
                {"field": "provisionedConcurrency", "low": self.provisioned_concurrency, "high": self.max_concurrency,
                 "allowed": f"1 to {self.max_concurrency}", "remedy": "lower provisionedConcurrency"},
            )  # fmt: skip
        return self


Capacity = Annotated[
    RealTime | Asynchronous | MultiModel | InferenceComponents | Serverless, Field(discriminator="form")
]
InstanceCapacity = RealTime | Asynchronous | MultiModel
