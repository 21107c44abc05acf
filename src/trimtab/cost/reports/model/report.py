"""The report itself: every figure that any of its forms shows, computed once."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from trimtab.cost.commitments import CommitmentsDocument
from trimtab.cost.model import Model
from trimtab.cost.model.base import Utc
from trimtab.cost.reports.model.advice import AdviceLine, Waiting
from trimtab.cost.reports.model.billed import Billed
from trimtab.cost.reports.model.changes import Calibration, ChangeLine
from trimtab.cost.reports.model.gpus import GpuUse
from trimtab.cost.reports.model.lines import Line
from trimtab.cost.reports.model.members import MemberLine
from trimtab.cost.reports.model.outlook import Outlook
from trimtab.cost.reports.model.policy import Policy, WaiverLine
from trimtab.cost.reports.model.spend import Heat, SpendGroup
from trimtab.cost.reports.model.unit_costs import UnitCost


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
    """The weekly report of one stack, or of all that an organisation file lists.

    Attributes:
        gpus: None where no GPU was measured.
        billed: None where no bill was given.
        unit_costs: empty where nothing told how much work was done.
        commitments: what `trimtab cost commitments` wrote; None where it was not given.
        members: the stacks of a roll-up, those that could not be read too; empty: this is one stack's.
    """

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
    by_model: tuple[SpendGroup, ...] = ()
    by_environment: tuple[SpendGroup, ...] = ()
    by_resource: tuple[SpendGroup, ...]
    heat: Heat
    gpus: GpuUse | None = None
    billed: Billed | None = None
    unit_costs: tuple[UnitCost, ...] = ()
    commitments: CommitmentsDocument | None = None
    outlook: Outlook
    advice: tuple[AdviceLine, ...]
    waiting: tuple[Waiting, ...]
    changes: tuple[ChangeLine, ...]
    calibration: Calibration
    policy: Policy | None = None
    waivers: tuple[WaiverLine, ...] | None = None
    members: tuple[MemberLine, ...] = ()
    notes: tuple[str, ...] = ()
