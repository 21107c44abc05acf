"""What is advised to commit to, or why not."""

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from trimtab.cost.commitments.plans import Payment
from trimtab.cost.model import Model
from trimtab.cost.model.base import Utc
from trimtab.cost.model.documents import Document


class Rate(Model):
    """What one unit costs under a commitment, in USD.

    Attributes:
        unit: with upfront payments spread over the term.
        upfront_share: share of the whole that is paid at once.
    """

    unit: Decimal = Field(gt=0)
    upfront_share: Decimal
    source: str


class Commitment(Model):
    """A level that would have saved the most on the past hours. Money a month is of 730 hours.

    Attributes:
        scope: the usage type of reserved nodes; empty: all that the plan covers.
        level: money an hour of a Savings Plan, or nodes.
        hourly: what it costs an hour, upfront payments spread over the term.
        monthly_low, monthly_high: the saving of the worst and of the best whole week.
        on_demand: what the usage costs in a month without it.
        utilisation: share of the commitment that the past hours would have used.
        break_even: the utilisation below which it costs more than it saves.
        upfront: what is paid at once.
        payback_months: until the upfront payment has come back; 0: nothing is paid upfront.
    """

    status: Literal["commitment"] = "commitment"
    plan: str
    scope: str = ""
    level: Decimal
    unit: str
    years: int
    payment: Payment
    hourly: Decimal
    monthly: Decimal
    monthly_low: Decimal
    monthly_high: Decimal
    on_demand: Decimal
    utilisation: float
    break_even: float
    upfront: Decimal
    payback_months: float
    source: str

    @property
    def said(self) -> str:
        """The level in words: `3.6 USD an hour`, `3 nodes`."""
        return f"{self.level.normalize():f} {self.unit}"


class NotAdvised(Model):
    """Usage that no level of commitment pays for, or that says too little."""

    status: Literal["none"] = "none"
    plan: str
    scope: str = ""
    reason: str


class UnpricedUsage(Model):
    """Usage whose rate is not known; it is in no commitment."""

    status: Literal["unpriced"] = "unpriced"
    plan: str
    scope: str
    on_demand: Decimal
    reason: str


CommitmentLine = Annotated[Commitment | NotAdvised | UnpricedUsage, Field(discriminator="status")]


class CommitmentsDocument(Document):
    """What to commit to.

    Attributes:
        left_out: on-demand cost a month of capacity that open advice would remove; nothing is committed to for it.
    """

    what: ClassVar[str] = "trimtab cost commitments"
    schema_: Literal["trimtab.cost.commitments/1"] = Field("trimtab.cost.commitments/1", alias="schema")
    created: Utc
    origin: str
    since: Utc
    until: Utc
    currency: str
    left_out: Decimal
    lines: tuple[CommitmentLine, ...]
