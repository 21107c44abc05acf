"""What a kind must say about itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from trimtab.cost.model import Resource, SpecEdit, Target, Unpriced


class Shape(Enum):
    """How a kind is sized."""

    MACHINE = "machine"
    """One at a time, by a fraction of its capacity; every demand metric must fit."""
    FLEET = "fleet"
    """Interchangeable units: by the sum of their demand; the first demand metric that was measured counts."""
    WORKLOAD = "workload"
    """One container at a time, by what it requests; each demand metric sizes a request of its own."""


@dataclass(frozen=True)
class CloudMetric:
    """Where CloudWatch keeps a metric.

    Attributes:
        dimension: the dimension that holds the resource's cloud id, where the resource names none itself.
        adds_up: what the service adds up inside one instance (8 GPUs show up to 800 %); the source divides by
            how many the instance type has, so that 100 % is one full instance.
    """

    namespace: str
    name: str
    dimension: str
    statistic: Literal["Average", "Maximum", "Sum"] = "Average"
    adds_up: Literal["", "gpus", "vcpus"] = ""


@dataclass(frozen=True)
class PromQuery:
    """Where Prometheus keeps a metric: PromQL that yields one series.

    Attributes:
        template: PromQL with `$name` for what `trimtab.cost.sources.prometheus.queries` knows of a resource: its
            dimensions, `$pods` (pattern of its pods' names), `$gpus` (of one unit), `$units` (how many there may be)
            and `$window` (the range of one sample, `5m`).
        identity: the dimension that is the resource's own id, where the resource names no dimensions.
    """

    template: str
    identity: str = ""


@dataclass(frozen=True)
class InService:
    """How CloudWatch tells how many units of a fleet ran at a moment.

    Attributes:
        total: the number itself, or something that grows with it.
        per_unit: the same for one unit on average: the number is total / per_unit.
    """

    total: CloudMetric
    per_unit: CloudMetric | None = None


@dataclass(frozen=True)
class Demand:
    """A measured metric and how it becomes a share of one unit's capacity.

    Attributes:
        metric: name in usage files, with its unit.
        full: value at which one unit is full; None: the resource's `unit_capacity` says it, or else the
            highest load that today's units were seen to carry.
        ceiling: values above it cannot be and are repaired or refused; above 100 % where meters overshoot.
        saturates: the value can never show more than the units that are there (a share of them).
    """

    metric: str
    full: float | None
    ceiling: float
    saturates: bool = False
    cloud: CloudMetric | None = None
    prometheus: PromQuery | None = None


@dataclass(frozen=True)
class CloudType:
    """Properties of a Pulumi resource that the inventory reads where no handle says it."""

    identity: str
    instance_type: str = ""
    count: str = ""


@dataclass(frozen=True)
class Scaling:
    """What the scaler of a fleet kind can be told.

    Attributes:
        targets: utilisations in percent that it may aim at; empty: any.
        floor: whether it can be told to hold units that nobody asks for.
    """

    targets: tuple[int, ...] = ()
    floor: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of resource.

    Attributes:
        id: kebab-case; the same in inventories, handles and docs.
        unit: what one step of its count is.
        never_cross: one sentence: the limit that no advice may pass.
        service: whose price list holds it.
        edits: fields of the declaration that carry a target; an empty tuple where none can.
        cloud_types: Pulumi type tokens that are of this kind without a handle, with the properties that hold
            the cloud id, the instance type and the count.
        in_service: what tells CloudWatch how many units ran, where their number changes by itself.
        running: the same from Prometheus: a query for the number itself.
        share: the share of its node's price that one unit costs, or why it is not known; None: all of it.
        scaling: what the scaler of this kind can be told.
    """

    id: str
    title: str
    shape: Shape
    unit: str
    demands: tuple[Demand, ...]
    service: Literal["ec2", "sagemaker"]
    never_cross: str
    edits: Callable[[Resource, Target], tuple[SpecEdit, ...]]
    cloud_types: dict[str, CloudType] = field(default_factory=dict)
    in_service: InService | None = None
    running: PromQuery | None = None
    share: Callable[[Resource], float | Unpriced] | None = None
    scaling: Scaling = field(default_factory=Scaling)

    def demand(self, metric: str) -> Demand | None:
        """Return how `metric` is read, or None where this kind does not size by it."""
        return next((demand for demand in self.demands if demand.metric == metric), None)
