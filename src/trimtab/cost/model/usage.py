"""What was measured, already reduced; or why nothing was."""

from typing import Annotated, Literal

from pydantic import Field

from trimtab.cost.model.base import Model, Utc
from trimtab.cost.model.resource import Resource, Subject


class Defect(Model):
    """A kind of broken sample that was met, how many there were, and what was done about it."""

    code: str
    count: int
    repair: str


class HourOfWeek(Model):
    """The load in one hour of the week (0: Monday 0 h UTC), over all weeks, in the utilisation's unit."""

    hour: int = Field(ge=0, lt=168)
    mean: float
    peak: float
    samples: int


class Utilisation(Model):
    """The measured load of one subject.

    Attributes:
        members: the resources behind the subject; a machine has one.
        metric: what was measured, with its unit, `cpu_utilization_percent`.
        unit: unit of the figures below: `fraction of capacity` for a machine, `replicas` for a fleet.
        capacity: what is paid for now, in the same unit (1 for a machine).
        step_minutes: usual distance of two samples.
        coverage: share of the expected samples between first and last that are there.
        hours: load by hour of the week; hours without a sample are absent.
    """

    status: Literal["measured"] = "measured"
    subject: Subject
    members: tuple[Resource, ...]
    metric: str
    unit: str
    capacity: float
    first: Utc
    last: Utc
    samples: int
    step_minutes: float
    coverage: float
    mean: float
    p95: float
    peak: float
    peak_at: Utc
    hours: tuple[HourOfWeek, ...] = ()
    defects: tuple[Defect, ...] = ()

    @property
    def lead(self) -> Resource:
        """The resource that speaks for the subject (kind, owner, class): its first member."""
        return self.members[0]


class Unmeasured(Model):
    """A subject of which no usable sample was found."""

    status: Literal["unmeasured"] = "unmeasured"
    subject: Subject
    members: tuple[Resource, ...]
    reason: str
    defects: tuple[Defect, ...] = ()

    @property
    def lead(self) -> Resource:
        """The resource that speaks for the subject: its first member."""
        return self.members[0]


Measured = Annotated[Utilisation | Unmeasured, Field(discriminator="status")]
