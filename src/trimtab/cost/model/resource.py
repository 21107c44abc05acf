"""What is paid for, and what of it may be changed."""

from typing import Self

from pydantic import Field, model_serializer, model_validator

from trimtab.cost.model.base import Model
from trimtab.spec.owner import ServiceClass
from trimtab.spec.sizing import SizingField


class Subject(Model):
    """What one piece of advice is about: a single resource, or a fleet of interchangeable ones."""

    resource_id: str | None = None
    fleet: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.resource_id is None) == (self.fleet is None):
            msg = "a subject is either a resource_id or a fleet"
            raise ValueError(msg)
        return self

    @model_serializer(mode="plain")
    def _only_what_is_set(self) -> dict[str, str]:
        return {"fleet": self.fleet} if self.fleet is not None else {"resource_id": self.resource_id or ""}

    @property
    def name(self) -> str:
        """The resource's id or the fleet's name."""
        return self.resource_id or self.fleet or ""


class Owner(Model):
    """Who answers for the money. Empty strings where the resource carries no such tag."""

    team: str = ""
    cost_center: str = ""
    environment: str = ""
    model: str = ""


class Requests(Model):
    """What one unit of a workload asks its node for; None: not known, or not asked for."""

    cpu_millicores: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    memory_mib: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    gpus: float | None = Field(default=None, ge=0, allow_inf_nan=False)

    def known(self) -> dict[str, float]:
        """Return what is known, by name."""
        return {name: value for name, value in self.model_dump().items() if value is not None}


class Resource(Model):
    """Something that costs money.

    Attributes:
        resource_id: as the usage source names it (cloud id, pod name).
        kind: a key of `trimtab.cost.kinds.KINDS`.
        fleet: the fleet it is an interchangeable member of; empty: none.
        instance_type: the cloud's name of its size; empty: not known.
        region: the cloud's region; empty: not known.
        count: how many units of `instance_type` it may be (an ASG's or endpoint's instances; 1 for a machine).
        running: how many of them ran on average, where the cloud told; None: all of them.
        unit_capacity: what one unit can do, in the kind's demand unit (requests per second); None: the kind's
            demand is already in units' worth of work.
        full_invocations: invocations a minute that kept one unit fully busy, as measured; None: not measured.
        min_replicas: the fewest units that may be advised (one lost zone, say).
        service_class: how much saturation it may bear; sets the violation budget.
        interruptible: whether its work bears spot interruptions.
        spot_percent: share of the units above `on_demand_base` that run on spot.
        on_demand_base: units that never do.
        requests: what one unit of it asks its node for, where it is a part of a node.
        dimensions: dimensions (CloudWatch) or labels (Prometheus) of its metrics, name → value; empty: the kind's
            own default.
        component: name of the declaring component in the stack; empty: no stack.
        urn: Pulumi URN; empty: no stack declared it.
        source_position: `file#line` that declared it, as Pulumi recorded it; empty: not known.
        fields: what may be changed, as its component registered it; empty: reported, never changed.
    """

    resource_id: str = Field(min_length=1)
    kind: str = Field(min_length=1)
    fleet: str = ""
    instance_type: str = ""
    region: str = ""
    count: int = Field(default=1, ge=0)
    running: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    unit_capacity: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    full_invocations: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    min_replicas: int = Field(default=1, ge=0)
    service_class: ServiceClass = "standard"
    interruptible: bool = False
    spot_percent: int = Field(default=0, ge=0, le=100)
    on_demand_base: int = Field(default=0, ge=0)
    requests: Requests = Requests()
    owner: Owner = Owner()
    component: str = ""
    dimensions: dict[str, str] = Field(default_factory=dict)
    urn: str = ""
    source_position: str = ""
    fields: tuple[SizingField, ...] = ()

    @property
    def paid_units(self) -> float:
        """Units that are paid for on average."""
        return float(self.count) if self.running is None else self.running

    @property
    def spot_share(self) -> float:
        """Share of the units that are paid for that run on spot; where none ran, of those that would."""
        above = max(0.0, self.paid_units - self.on_demand_base) / self.paid_units if self.paid_units else 1.0
        return above * self.spot_percent / 100
