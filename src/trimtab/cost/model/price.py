"""Money: a price that is known with its source and date, or the reason why it is not."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from trimtab.cost.model.base import HOURS_PER_MONTH, Model


class Price(Model):
    """What one unit costs for an hour, on demand."""

    status: Literal["priced"] = "priced"
    hourly: Decimal = Field(ge=0)
    currency: str = "USD"
    source: str
    as_of: date

    @property
    def monthly(self) -> Decimal:
        """Cost of one unit for a month of 730 hours."""
        return self.hourly * HOURS_PER_MONTH


class Unpriced(Model):
    """A price that could not be found; never to be read as zero."""

    status: Literal["unpriced"] = "unpriced"
    reason: str


class Saving(Model):
    """What a recommendation changes in a month of 730 hours; negative: it costs more.

    Attributes:
        monthly_low, monthly_high: the range that the walk-forward folds of the back-test span.
    """

    status: Literal["priced"] = "priced"
    monthly_before: Decimal
    monthly_after: Decimal
    monthly_low: Decimal
    monthly_high: Decimal
    price: Price

    @property
    def monthly(self) -> Decimal:
        """Money saved in a month."""
        return self.monthly_before - self.monthly_after


Pricing = Annotated[Price | Unpriced, Field(discriminator="status")]
Savings = Annotated[Saving | Unpriced, Field(discriminator="status")]
