"""What the guards judge by."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.kinds import billed_units
from trimtab.cost.model import Price

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from trimtab.cost.model import Advice, Pricing


@dataclass(frozen=True)
class Limits:
    """How much may change at once, and how good the evidence must be.

    Attributes:
        resources: share of all resources; one is always allowed.
        spend: share of the monthly spend that may be saved or added.
        capacity: share of one resource's capacity that may be taken away.
        coverage: least share of expected samples that must be there.
        age_hours: how old the newest sample and the advice may be.
    """

    resources: float = 0.5
    spend: float = 0.5
    capacity: float = 0.75
    coverage: float = 0.8
    age_hours: float = 24.0


@dataclass(frozen=True)
class Context:
    """The moment of an apply.

    Attributes:
        created: when the advice was written.
        alarms: alarms in ALARM state by subject name.
        only: names that the user asked for; empty: all.
        monthly: spend of everything that is priced.
        subjects: how many resources and fleets there are.
        refusal: why the declaration lets nothing be changed at this moment; empty: it may be.
    """

    now: datetime
    created: datetime
    monthly: Decimal
    subjects: int
    alarms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: frozenset[str] = frozenset()
    limits: Limits = Limits()
    refusal: str = ""


def monthly_spend(advice: Iterable[Advice], prices: Mapping[str, Pricing]) -> Decimal:
    """Add up what every priced resource costs in a month."""
    known = {
        member.resource_id: (prices.get(member.resource_id), billed_units(member) or 0.0)
        for one in advice
        for member in one.utilisation.members
    }
    return sum(
        (price.monthly * Decimal(repr(units)) for price, units in known.values() if isinstance(price, Price)),
        Decimal(0),
    )
