"""The joint between a component and the analyser: what of a resource can be sized, and where it is declared.

A component registers one `SizingHandle` a sizable resource as its output `sizingHandles`; the analyser
reads them from the stack's state, so nothing is ever matched by guessing names.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.owner import ServiceClass

SIZING_OUTPUT = "sizingHandles"
"""The name of the component output that holds the handles."""

Kind = Literal[
    "sagemaker-endpoint",
    "sagemaker-inference-component",
    "gpu-training-pool",
    "machine",
    "gpu-replica",
    "kubernetes-workload",
    "karpenter-gpu-pool",
    "kserve-replicas",
]
SizingUnit = Literal[
    "instances", "nodes", "instanceType", "percent", "minutes", "seconds", "invocationsPerMinute", "replicas",
    "millicores", "MiB", "gpus", "hourlyFloors",
]  # fmt: skip


class SizingField(SpecModel):
    """One field that may be set: a step the component would accept, because both read the same model."""

    name: str
    """Field of the spec model, camelCase: `maxNodes`."""
    spec_path: str | None = None
    """Where the stack declares it: `trainingPools[0].maxNodes`; None where the declaration is a program."""
    unit: SizingUnit
    current: int | str
    allowed: tuple[int | str, ...] = Field(min_length=1)
    """Values that the field may take, smallest capacity first."""


class SizingTemplate(SpecModel):
    """What a spec model knows of its own sizing before the cloud has named the resource."""

    kind: Kind
    instance_type: str
    count: int = Field(ge=0)
    """Instances or nodes at most: what the bill is bounded by."""
    service_class: ServiceClass = "standard"
    interruptible: bool = False
    """Whether its work bears spot interruptions."""
    spot_percent: int = Field(default=0, ge=0, le=100)
    """Share of the units above `on_demand_base` that run on spot."""
    on_demand_base: int = Field(default=0, ge=0)
    """Units that never do."""
    floor: int = Field(default=0, ge=0)
    """Least count that may ever be advised (one zone lost, production)."""
    fields: tuple[SizingField, ...]


class SizingHandle(SizingTemplate):
    """A template with the cloud's own name for the resource."""

    cloud_id: str
    """Name or id as the cloud's API and its metrics know it."""
    region: str
    dimensions: dict[str, str] = Field(default_factory=dict)
    """CloudWatch dimensions of its metrics: name → value."""
    tags: dict[str, str] = Field(default_factory=dict)
