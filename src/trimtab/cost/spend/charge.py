"""One row of a bill, added up over the asked time."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal

Basis = Literal["billed", "effective"]
"""`billed`: what the invoice says, after discounts. `effective`: commitments spread over what they covered."""


class ChargeKind(StrEnum):
    """What a row of a bill is for."""

    USAGE = "usage"
    COMMITMENT = "commitment"
    FEE = "fee"
    TAX = "tax"
    CREDIT = "credit"
    REFUND = "refund"
    DISCOUNT = "discount"
    OTHER = "other"


RULES = (
    "a row counts in the period that its start lies in; what is charged once a month lies at the month's first hour",
    "credits, refunds and discounts lower what their own resource was billed, where they name one",
    "taxes, fees, commitments, and whatever else names no resource and no owner's tag, are spread over nobody",
    "amounts in different currencies are never added up",
)
"""How rows are counted, in the words that every form of the output repeats."""


@dataclass(frozen=True)
class Charge:
    """What one resource was charged for one kind of thing.

    Attributes:
        resource_id: the cloud's id or ARN; empty: the bill names none.
        service: as the source names it.
        currency: ISO 4217.
        tags: cost allocation tags by their folded keys, see `trimtab.cost.spend.tags`.
        rows: rows of the bill that it is the sum of; 0: the source does not tell.
    """

    resource_id: str
    service: str
    kind: ChargeKind
    currency: str
    amount: Decimal
    tags: Mapping[str, str] = field(default_factory=dict)
    rows: int = 0


@dataclass(frozen=True)
class Charges:
    """What a source answered.

    Attributes:
        since, until: the time that is covered, the end excluded.
        notes: what a reader must know beside the figures.
    """

    charges: tuple[Charge, ...]
    origin: str
    basis: Basis
    since: datetime
    until: datetime
    notes: tuple[str, ...] = ()
