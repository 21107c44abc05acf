"""The bill beside what was computed, and where the difference lies."""

from decimal import Decimal

from trimtab.cost.model import Model
from trimtab.cost.model.base import Utc


class Difference(Model):
    """A named part of what was billed over what was computed; negative: less was billed."""

    name: str
    amount: Decimal


class BilledGroup(Model):
    """One component over the bill's time.

    Attributes:
        computed: list price of the units that ran.
        billed: what its resources were charged.
        parts: what the difference is made of; they add up to `billed - computed`.
        unpriced: resources of it that have no price here, and so are in no `computed`.
    """

    name: str
    computed: Decimal
    billed: Decimal
    parts: tuple[Difference, ...]
    unpriced: int


class Billed(Model):
    """What was billed in the report's week.

    Attributes:
        basis: `billed` or `effective`.
        since, until: the time that the bill was asked for; `computed` is of the same hours.
        groups: the stack's components, the largest difference first.
        elsewhere: what the same bill charges to others, by their tags.
        nobody: what it charges to nobody, by reason.
        other_currencies: amounts that are in no sum.
    """

    origin: str
    basis: str
    since: Utc
    until: Utc
    groups: tuple[BilledGroup, ...]
    elsewhere: Decimal
    nobody: tuple[Difference, ...]
    other_currencies: tuple[Difference, ...]
    notes: tuple[str, ...]

    @property
    def computed(self) -> Decimal:
        """List price of the whole stack."""
        return sum((one.computed for one in self.groups), Decimal(0))

    @property
    def billed(self) -> Decimal:
        """What the whole stack was charged."""
        return sum((one.billed for one in self.groups), Decimal(0))
