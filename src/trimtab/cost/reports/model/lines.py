"""One line a subject: what it is, whose it is, what it costs, how it is used."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from trimtab.cost.model import Model, Owner, Unpriced
from trimtab.cost.model.base import Utc
from trimtab.cost.reports.model.outlook import Comparison, DaySpend, Unforeseen

UNTOLD = "nothing told how many units ran over time"


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
        account: the AWS account it runs in; empty: not known.
        week: what it cost in the report's week until now, and in the same hours a week before.
        days: what it cost on each day of the report's week, where something told how many units ran when.
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
    account: str = ""
    week: Comparison = Unforeseen(reason=UNTOLD)
    days: tuple[DaySpend, ...] = ()
