"""Inference components: several models side by side on the instances of one endpoint, each with copies of its own.

What SageMaker takes: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateInferenceComponent.html.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.instances import MlInstanceType, Shape, shape
from trimtab.spec.model_source import ModelSource
from trimtab.spec.serving_steps import COOLDOWNS, MOST_INVOCATIONS, around
from trimtab.spec.sizing import SizingField, SizingTemplate
from trimtab.spec.units import MOST, Count, Name, Seconds

if TYPE_CHECKING:
    from trimtab.spec.owner import ServiceClass

MIB_PER_GIB = 1024
OWN = "copies"
_ROUNDING = 1e-9


class ModelCopies(SpecModel):
    """How many copies of one model there may be, and what each of them reserves of its instance."""

    min_copies: Annotated[Count, Field(ge=1)] = 1
    max_copies: Annotated[Count, Field(ge=1)]
    gpus: Annotated[int, Field(ge=0, le=16)] = 0
    """Whole GPUs that nobody else on the instance has."""
    memory_mib: Annotated[int, Field(ge=128, le=4_194_304)]
    """Memory of the instance, in MiB."""
    cpus: Annotated[int, Field(ge=1, le=896)] | None = None
    """Virtual CPUs of the instance; null: whatever is free."""
    target_invocations_per_copy: Annotated[int, Field(ge=1, le=MOST_INVOCATIONS)]
    """Invocations a minute that one copy bears: the autoscaling target."""
    scale_out_cooldown_seconds: Seconds = 60
    scale_in_cooldown_seconds: Seconds = 600

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.min_copies > self.max_copies:
            raise _wrong("minCopies", f"minCopies {self.min_copies} is more than maxCopies {self.max_copies}",
                         f"1 to {self.max_copies}", "lower minCopies or raise maxCopies")  # fmt: skip
        return self

    def sizing(self, at: str | None, *, instance_type: str, most: int, service_class: ServiceClass) -> SizingTemplate:
        """Return what of the copies can be sized.

        What a copy reserves is told beside its count: it is what a copy costs, and a model's need of it is known by
        whoever measured the model, not by a load.

        Args:
            at: path prefix of the fields; None: no declaration to edit.
            instance_type: what the copies are placed on.
            most: copies that there is room for.
            service_class: how much it hurts when they are too few.
        """
        known = (
            ("minCopies", "replicas", self.min_copies, range(1, self.max_copies + 1)),
            ("maxCopies", "replicas", self.max_copies, range(self.min_copies, most + 1)),
            (
                "targetInvocationsPerCopy",
                "invocationsPerMinute",
                self.target_invocations_per_copy,
                around(self.target_invocations_per_copy),
            ),
            (
                "scaleInCooldownSeconds",
                "seconds",
                self.scale_in_cooldown_seconds,
                sorted({*COOLDOWNS, self.scale_in_cooldown_seconds}),
            ),
            ("gpus", "gpus", self.gpus, (self.gpus,)),
            ("memoryMib", "MiB", self.memory_mib, (self.memory_mib,)),
        )
        fields = [
            SizingField.model_validate(
                {"name": name, "specPath": at and f"{at}{name}", "unit": unit, "current": now, "allowed": tuple(steps)}
            )
            for name, unit, now, steps in known
        ]
        return SizingTemplate(
            kind="sagemaker-inference-component",
            instance_type=instance_type,
            count=self.max_copies,
            service_class=service_class,
            floor=1,
            fields=tuple(fields),
        )

    def share(self, node: Shape) -> float:
        """Return the share of an instance that one copy takes, by what it takes most of."""
        return max(
            self.gpus / node.gpus if node.gpus else 0.0,
            self.memory_mib / (node.memory_gib * MIB_PER_GIB),
            (self.cpus or 0) / node.vcpu,
        )


class OtherModel(SpecModel):
    """A further model of an endpoint."""

    name: Name
    model: ModelSource
    copies: ModelCopies


class InferenceComponents(SpecModel):
    """The endpoint's own model and others, each in copies that SageMaker places on as many instances as they need."""

    form: Literal["inference-components"]
    instance_type: MlInstanceType
    min_instances: Annotated[Count, Field(ge=1)] = 1
    max_instances: Annotated[Count, Field(ge=1)]
    copies: ModelCopies
    """Copies of the endpoint's own model."""
    others: tuple[OtherModel, ...] = ()

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.min_instances > self.max_instances:
            raise _wrong("minInstances", f"minInstances {self.min_instances} is more than {self.max_instances}",
                         f"1 to {self.max_instances}", "lower minInstances or raise maxInstances")  # fmt: skip
        twins = [name for name, count in Counter(other.name for other in self.others).items() if count > 1]
        if twins:
            raise _wrong("others", f"{twins[0]} is there twice", "each name once", f"rename one {twins[0]}")
        return self

    @model_validator(mode="after")
    def _copies_have_room(self) -> Self:
        """Refuse copies that no instance holds, and more of them than all instances hold together."""
        node = shape(self.instance_type)
        if node is None:
            return self
        total = 0.0
        for field, copies in self.of_each().items():
            if node.gpus and not copies.gpus:
                raise _wrong(f"{field}.gpus", f"a copy reserves no GPU of {self.instance_type}", f"1 to {node.gpus}",
                             "reserve a GPU, or choose an instance type without any")  # fmt: skip
            if copies.gpus > node.gpus or copies.share(node) > 1:
                held = f"{node.gpus} GPUs, {node.memory_gib * MIB_PER_GIB:g} MiB, {node.vcpu} vCPUs"
                raise _wrong(
                    field,
                    "one copy reserves more than an instance has",
                    f"up to {held} ({self.instance_type})",
                    "reserve less, or choose a larger type",
                )
            total += copies.max_copies * copies.share(node)
        if total > self.max_instances + _ROUNDING:
            raise _wrong(
                "maxInstances",
                f"all copies at once fill {total:.1f} instances, {self.max_instances} may run",
                f"{math.ceil(total - _ROUNDING)} or more",
                "raise maxInstances or lower maxCopies",
            )
        return self

    def most_copies(self) -> dict[str, int]:
        """Return the most copies of each model that the instances have room for: twice as many as now at most."""
        node, each = shape(self.instance_type), self.of_each()
        if node is None:
            return {field: min(2 * copies.max_copies, MOST) for field, copies in each.items()}
        free = self.max_instances - sum(copies.max_copies * copies.share(node) for copies in each.values())
        return {
            field: copies.max_copies + min(copies.max_copies, int(free / copies.share(node) + _ROUNDING))
            for field, copies in each.items()
        }

    def of_each(self) -> dict[str, ModelCopies]:
        """Return the copies of every model by the place of their declaration, the endpoint's own first."""
        return {OWN: self.copies, **{f"others[{at}].{OWN}": one.copies for at, one in enumerate(self.others)}}


def _wrong(field: str, what: str, allowed: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError(
        "components", "{what}", {"field": field, "what": what, "allowed": allowed, "remedy": remedy}
    )
