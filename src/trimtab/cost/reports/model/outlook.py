"""Money over time: the week against the one before, the month to come, and what was out of the ordinary."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from trimtab.cost.model import Model
from trimtab.cost.model.base import Utc


class Unforeseen(Model):
    """A figure that the history does not carry, and why; never to be read as zero."""

    status: Literal["unknown"] = "unknown"
    reason: str


class MonthDay(Model):
    """Spend of the month up to the end of a day; `low` and `high` are equal to it where the day is over."""

    day: date
    expected: Decimal
    low: Decimal
    high: Decimal


class Forecast(Model):
    """What a calendar month will have cost at list price.

    Attributes:
        so_far: spend of the month until now.
        expected: the forecast; `low` and `high` hold `confidence` of the simulated futures.
        over_budget: share of the futures that end over the budget; None: there is no budget.
        constant: the part of `expected` that is only today's units times the hours, because nothing told how many ran.
        history_days: whole days that the method saw.
        path: cumulative, one point a day.
    """

    status: Literal["forecast"] = "forecast"
    month: str
    so_far: Decimal
    expected: Decimal
    low: Decimal
    high: Decimal
    confidence: float
    over_budget: float | None
    constant: Decimal
    history_days: int
    method: str
    path: tuple[MonthDay, ...]


class WeekOnWeek(Model):
    """Spend of the report's week until now, and of the same hours a week before."""

    status: Literal["compared"] = "compared"
    spent: Decimal
    before: Decimal
    hours: int

    @property
    def change(self) -> float | None:
        """Share by which it grew; None where nothing was spent before."""
        return float(self.spent / self.before - 1) if self.before else None


class Cause(Model):
    """What explains an anomaly.

    Attributes:
        kind: `change`: applied by trimtab; `commit`: a person's, as git tells; `scaling`: no edit of the declaration
            was found, so the scaler followed the load, or somebody changed it by hand.
        who: the author; empty: nobody is known.
        reference: a run's id or a commit's; empty: there is none.
    """

    kind: Literal["change", "commit", "scaling"]
    text: str
    who: str = ""
    at: Utc | None = None
    reference: str = ""


class Anomaly(Model):
    """Hours in a row in which a resource cost far more or less than in the same hours of the weeks before.

    Attributes:
        ongoing: it lasts to the end of what is known.
        spent, usual: money over all its hours; `usual` is the median of the same hours of the week.
        units, usual_units: on average over its hours.
        score: the largest robust z-score in it.
    """

    subject: str
    kind: str
    component: str
    team: str
    since: Utc
    until: Utc
    ongoing: bool
    spent: Decimal
    usual: Decimal
    units: float
    usual_units: float
    score: float
    causes: tuple[Cause, ...] = ()

    @property
    def excess(self) -> Decimal:
        """Money more than usual; negative: less."""
        return self.spent - self.usual


class DaySpend(Model):
    """What one subject cost on one day (UTC) at the list price of the units that ran."""

    day: date
    hours: float
    cost: Decimal


Foresight = Annotated[Forecast | Unforeseen, Field(discriminator="status")]
Comparison = Annotated[WeekOnWeek | Unforeseen, Field(discriminator="status")]


class Outlook(Model):
    """Money over time.

    Attributes:
        source: what told how many units ran; empty: nothing did.
        watched: subjects of which there was enough history to call something unusual.
    """

    source: str
    forecast: Foresight
    week: Comparison
    anomalies: tuple[Anomaly, ...] = ()
    watched: int = 0
