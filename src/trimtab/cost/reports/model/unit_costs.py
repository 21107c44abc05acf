"""What one piece of work costs: the figure that still means something when a fleet grows."""

from decimal import Decimal
from typing import Literal

from trimtab.cost.model import Model

Measure = Literal["1,000 predictions", "training GPU-hour", "busy training GPU-hour"]


class UnitCost(Model):
    """Cost of the report's week over the work of the same hours.

    Attributes:
        spent: money of those hours.
        work: how much of the measure was done.
        each: spent / work.
    """

    subject: str
    team: str
    measure: Measure
    spent: Decimal
    work: float
    each: Decimal
