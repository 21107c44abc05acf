"""The report itself: every figure that any of its forms shows, computed once."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from trimtab.cost.model import Model, Owner, Unpriced
from trimtab.cost.model.base import Utc
from trimtab.cost.model.verification import Realisation


class Cost(Model):
    """What a subject costs at list price: units that ran times hourly price times 730 hours, or 168."""

    status: Literal["priced"] = "priced"
    monthly: Decimal
    weekly: Decimal
    hourly_unit: Decimal
    source: str
    as_of: date


Costing = Annotated[Cost | Unpriced, Field(discriminator="status")]


class Use(Model):
    """How much of what is paid for was used; shares of capacity, 1.0 is all of it."""

    status: Literal["measured"] = "measured"
    metric: str
    mean: float
    p95: float
    peak: float
    first: Utc
    last: Utc
    samples: int
    coverage: float


class NotUsed(Model):
    """A subject without a usable sample, and why."""

    status: Literal["unmeasured"] = "unmeasured"
    reason: str


Usage = Annotated[Use | NotUsed, Field(discriminator="status")]


class Line(Model):
    """One subject: what it is, whose it is, what it costs, how it is used.

    Attributes:
        units: how many there may be at most.
        paid_units: how many ran on average, where the cloud told; else all of them.
    """

    subject: str
    kind: str
    component: str
    owner: Owner
    region: str
    instance_type: str
    units: int
    paid_units: float
    members: tuple[str, ...]
    source_position: str
    cost: Costing
    use: Usage


class SpendGroup(Model):
    """Spend of one component, team or other group, in a month of 730 hours.

    Attributes:
        used: the share of it that the measured load needed on average.
        idle: what was paid for and not used on average.
        unmeasured: spend whose use is not known.
    """

    name: str
    monthly: Decimal
    used: Decimal
    idle: Decimal
    unmeasured: Decimal
    subjects: int


class HeatCell(Model):
    """Use in one hour of the week (0: Monday 0 h UTC), as a share of capacity, averaged over money."""

    hour: int
    mean: float
    peak: float


class Heat(Model):
    """Use by hour of week; hours without a sample are absent.

    Attributes:
        weighting: what the average is weighted by: `monthly cost` or, where nothing is priced, `subjects`.
    """

    cells: tuple[HeatCell, ...]
    subjects: int
    weighting: str


class EditLine(Model):
    """One field of the declaration, before and after."""

    spec_path: str
    unit: str
    before: str
    after: str


class AdviceLine(Model):
    """What is advised, with the evidence."""

    subject: str
    kind: str
    team: str
    reason: str
    target: str
    edits: tuple[EditLine, ...]
    monthly: Decimal | None
    monthly_low: Decimal | None
    monthly_high: Decimal | None
    unpriced: str
    saving_share: float
    violation: float
    budget: float
    samples: int
    method: str
    cautions: tuple[str, ...]
    trace: tuple[tuple[Utc, float, float], ...]
    """Moment, demand, advised capacity: one point an hour."""
    unit: str
    capacity: float
    """What is paid for now, in `unit`."""


class Waiting(Model):
    """Advice that is not acted on, or not given: why, and by which rule."""

    subject: str
    kind: str
    status: Literal["held", "abstained"]
    code: str
    reason: str


class ChangeLine(Model):
    """A change that was applied, and how its promise did."""

    run: str
    at: Utc
    author: str
    subject: str
    edits: tuple[EditLine, ...]
    outcome: str
    reason: str
    promised: Decimal | None
    realised: Realisation
    checks: tuple[tuple[str, bool, str], ...]
    this_week: bool


class Calibration(Model):
    """Promises against what became of them, over every kept change whose saving was measured."""

    changes: int
    measured: int
    promised: Decimal
    realised: Decimal

    @property
    def ratio(self) -> float | None:
        """Realised money for each promised one; None where nothing was promised or measured."""
        return float(self.realised / self.promised) if self.measured and self.promised else None


class PolicyLine(Model):
    """One open finding of the policies, or one waived."""

    rule: str
    severity: str
    urn: str
    message: str
    remedy: str
    waived: bool
    waiver_expires: str


class Policy(Model):
    """What a policy check found."""

    findings: tuple[PolicyLine, ...]


class WaiverLine(Model):
    """An exception that somebody answers for."""

    rule: str
    resource: str
    owner: str
    reason: str
    expires: date
    days_left: int


class Headline(Model):
    """The figures at the top.

    Attributes:
        monthly: spend at list price; None where nothing is priced.
        use: share of the paid capacity in use on average, by money; None where nothing is measured.
        advised: what the open advice that a declaration can carry would save in a month.
        budget: what the platform may cost in a month, where it says so.
    """

    monthly: Decimal | None
    weekly: Decimal | None
    idle: Decimal | None
    use: float | None
    advised: Decimal
    promised: Decimal
    realised: Decimal
    kept: int
    rolled_back: int
    budget: Decimal | None
    unpriced: int
    subjects: int


class Report(Model):
    """The weekly report of one stack."""

    schema_: Literal["trimtab.cost.report/1"] = Field("trimtab.cost.report/1", alias="schema")
    stack: str
    platform: str
    environment: str
    week: str
    since: Utc
    until: Utc
    generated: Utc
    currency: str
    headline: Headline
    lines: tuple[Line, ...]
    by_component: tuple[SpendGroup, ...]
    by_owner: tuple[SpendGroup, ...]
    by_resource: tuple[SpendGroup, ...]
    heat: Heat
    advice: tuple[AdviceLine, ...]
    waiting: tuple[Waiting, ...]
    changes: tuple[ChangeLine, ...]
    calibration: Calibration
    policy: Policy | None = None
    waivers: tuple[WaiverLine, ...] | None = None
    notes: tuple[str, ...] = ()
