"""What sizing says: a recommendation with its back-test, or a named abstention."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.cost.model.base import HOURS_PER_WEEK, Model, Utc
from trimtab.cost.model.edit import SpecEdit
from trimtab.cost.model.price import Savings
from trimtab.cost.model.resource import Requests, Resource, Subject
from trimtab.cost.model.usage import Measured, Utilisation


class MachineTarget(Model):
    """The share of today's capacity that is enough."""

    capacity_fraction: float = Field(gt=0)


class Autoscale(Model):
    """Reactive scaling: replicas wanted = demand / target; given back after the wait."""

    target_percent: float = Field(gt=0, le=100)
    scale_down_after_minutes: float = Field(ge=0)


class Replicas(Model):
    """Floor, ceiling, floors by hour of week (Monday 0 h first) and reactive scaling of a fleet."""

    min: int = Field(ge=0)
    max: int = Field(ge=0)
    hourly: tuple[int, ...] | None = None
    autoscale: Autoscale | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.min > self.max:
            msg = f"min {self.min} is above max {self.max}"
            raise ValueError(msg)
        if self.hourly is not None and len(self.hourly) != HOURS_PER_WEEK:
            msg = f"hourly has {len(self.hourly)} floors; a week has {HOURS_PER_WEEK} hours"
            raise ValueError(msg)
        return self


class FleetTarget(Model):
    """The capacity plan of a fleet."""

    replicas: Replicas


class RequestsTarget(Model):
    """What one container of a workload should request."""

    requests: Requests


Target = MachineTarget | FleetTarget | RequestsTarget


class WorstMoment(Model):
    """The sample that was furthest over the advised capacity (or closest to it)."""

    at: Utc
    demand: float
    capacity: float


class CandidateResult(Model):
    """What one candidate would have cost and hurt."""

    label: str
    saving: float
    violation: float


class TracePoint(Model):
    """One hour of the replay, for drawing: highest demand and lowest capacity in it."""

    at: Utc
    demand: float
    capacity: float


class BackTest(Model):
    """The advice replayed over the subject's own past.

    Attributes:
        method: how candidates were judged, `walk-forward, 6 folds`.
        saving: share of today's capacity-hours not paid for; `saving_low` and `saving_high` span the folds.
        violation: share of samples with demand over the advised capacity; must be ≤ `budget`.
        candidates: every candidate that was weighed, cheapest first.
        trace: hourly points of the replay for drawing; may be empty in runs over many subjects.
    """

    method: str
    samples: int
    saving: float
    saving_low: float
    saving_high: float
    violation: float
    budget: float
    worst: WorstMoment
    candidates: tuple[CandidateResult, ...] = ()
    trace: tuple[TracePoint, ...] = ()


class Recommendation(Model):
    """A size to take. A target equal to what is there now is a recommendation too: keep it.

    Attributes:
        strategy: the named strategy that chose, `trimtab`, `krr`, ….
        edits: the fields of the declaration that carry the target; empty: nothing declared can carry it (the
            subject has no sizing handle, its steps do not allow it, or it is right as it is).
        cautions: what a reader must know (level shift, short history, unequal members).
    """

    subject: Subject
    status: Literal["recommendation"] = "recommendation"
    reason: str
    target: Target
    strategy: str
    utilisation: Utilisation
    back_test: BackTest
    savings: Savings
    edits: tuple[SpecEdit, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def lead(self) -> Resource:
        """The resource that speaks for the subject."""
        return self.utilisation.lead


class AbstentionCode(StrEnum):
    """Why no size is advised."""

    NO_SAMPLES = "no-samples"
    SHORT_HISTORY = "short-history"
    FEW_SAMPLES = "few-samples"
    LOW_COVERAGE = "low-coverage"
    STALE = "stale"
    FRESH_DEPLOYMENT = "fresh-deployment"
    LEVEL_SHIFT = "level-shift"
    TREND = "trend"
    NOT_SIZEABLE = "not-sizeable"
    AS_IT_IS = "as-it-is"


class Abstained(Model):
    """Advice honestly withheld; `target` is always null, as the file contract has it."""

    subject: Subject
    status: Literal["abstained"] = "abstained"
    code: AbstentionCode
    reason: str
    target: None = None
    strategy: str
    utilisation: Measured

    @property
    def lead(self) -> Resource:
        """The resource that speaks for the subject."""
        return self.utilisation.lead


Advice = Annotated[Recommendation | Abstained, Field(discriminator="status")]
