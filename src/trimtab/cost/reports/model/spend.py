"""Spend by group, and use by hour of the week."""

from decimal import Decimal

from trimtab.cost.model import Model
from trimtab.cost.reports.model.lines import UNTOLD
from trimtab.cost.reports.model.outlook import Comparison, Unforeseen


class SpendGroup(Model):
    """Spend of one component, team or other group, in a month of 730 hours.

    Attributes:
        used: the share of it that the measured load needed on average.
        idle: what was paid for and not used on average.
        unmeasured: spend whose use is not known.
        week: what it cost in the report's week until now, and in the same hours a week before.
    """

    name: str
    monthly: Decimal
    used: Decimal
    idle: Decimal
    unmeasured: Decimal
    subjects: int
    week: Comparison = Unforeseen(reason=UNTOLD)


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
