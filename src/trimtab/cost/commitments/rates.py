"""What usage costs under a commitment: the port, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from trimtab.cost.commitments.model import Rate
    from trimtab.cost.commitments.plans import Offer, Plan
    from trimtab.cost.model import Unpriced
    from trimtab.cost.spend.hours import Metered

HOURS_PER_YEAR = 8760


class CommitmentRates(Protocol):
    """A list of such rates."""

    def rate(self, plan: Plan, offer: Offer, metered: Metered) -> Rate | Unpriced:
        """Return the rate, or why it is not known.

        Raises:
            WorldError: the list cannot be reached.
        """
        ...
