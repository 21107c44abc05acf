"""What of a resource will still be there once open advice is followed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model import Recommendation, Saving
from trimtab.cost.spend import Owners

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trimtab.cost.model import Advice
    from trimtab.cost.spend import Charge


def share_kept(advice: Sequence[Advice]) -> Callable[[Charge], Decimal]:
    """Return what tells the share of a charge's usage that the advice leaves; 1 where it says nothing.

    Advice that would enlarge leaves 1: what does not run yet is no reason to commit.
    """
    shares = {one.subject.name: _share(one) for one in advice if isinstance(one, Recommendation)}
    members = [
        member.model_copy(update={"component": one.subject.name})
        for one in advice
        for member in one.utilisation.members
    ]
    owners = Owners.of(members)

    def share(charge: Charge) -> Decimal:
        found = owners.answerable(charge)
        return shares.get(found.component, Decimal(1)) if found.by == "id" else Decimal(1)

    return share


def _share(advice: Recommendation) -> Decimal:
    saving = advice.savings
    if isinstance(saving, Saving) and saving.monthly_before:
        kept = saving.monthly_after / saving.monthly_before
    else:
        kept = 1 - Decimal(repr(advice.back_test.saving))
    return max(Decimal(0), min(Decimal(1), kept))
