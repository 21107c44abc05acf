"""Advice in the order in which people read it: by owner, the most money first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model import Abstained, Recommendation, Saving

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.model import Advice, AdviceDocument

UNTAGGED = "not tagged"


@dataclass(frozen=True)
class OwnerAdvice:
    """What one team is advised, the largest saving first, what is unpriced next, what is withheld last."""

    team: str
    rows: tuple[Advice, ...]

    @property
    def name(self) -> str:
        """The team, or that no tag names one."""
        return self.team or UNTAGGED

    @property
    def saves(self) -> str:
        """What all of it saves in a month, in words."""
        return total(self.rows)


def by_owner(document: AdviceDocument) -> list[OwnerAdvice]:
    """Group by owner; the owner who can save most comes first."""
    owners: defaultdict[str, list[Advice]] = defaultdict(list)
    for advice in document.advice:
        owners[advice.lead.owner.team].append(advice)
    groups = [OwnerAdvice(team, tuple(sorted(rows, key=_rank))) for team, rows in owners.items()]
    return sorted(groups, key=lambda group: (-sum(savings(group.rows).values(), Decimal(0)), group.team))


def savings(rows: Iterable[Advice]) -> dict[str, Decimal]:
    """Add up what the priced advice saves in a month, by currency."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in rows:
        if isinstance(one, Recommendation) and isinstance(one.savings, Saving):
            sums[one.savings.price.currency] += one.savings.monthly
    return dict(sums)


def total(rows: Iterable[Advice]) -> str:
    """Say what the priced advice saves in a month."""
    return ", ".join(money(amount, currency) for currency, amount in savings(rows).items()) or "nothing priced"


def money(amount: Decimal, currency: str) -> str:
    """Format money of a month, to the cent."""
    return f"{amount:,.2f} {currency}"


def _rank(advice: Advice) -> tuple[int, Decimal, float]:
    if isinstance(advice, Abstained):
        return (2, Decimal(0), 0.0)
    if isinstance(advice.savings, Saving):
        return (0, -advice.savings.monthly, -advice.back_test.saving)
    return (1, Decimal(0), -advice.back_test.saving)
