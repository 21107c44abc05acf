"""What was billed, by whom it belongs to: the sum of its lines is the sum of the bill."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from trimtab.cost.model import Model
from trimtab.cost.model.base import Utc
from trimtab.cost.model.documents import Document
from trimtab.cost.spend.charge import RULES, Basis, Charge, Charges
from trimtab.cost.spend.owners import Answerable, Owners

NOT_ATTRIBUTED = "not attributed"
NO_TAG = "(no such tag)"


class Part(Model):
    """A share of a line, by name."""

    name: str
    amount: Decimal


class BilledLine(Model):
    """What one group was billed in one currency.

    Attributes:
        attributed: whether somebody answers for it.
        ours: whether a component of the stack or inventory does.
        by_id, by_tags: how much of it was found by a resource's id, and by tags alone.
        resources: resources with an id.
        rows: rows of the bill; 0: the source does not tell.
        kinds, services: the amount by what it is for, and by service, the largest first.
    """

    name: str
    currency: str
    amount: Decimal
    attributed: bool
    ours: bool
    by_id: Decimal
    by_tags: Decimal
    resources: int
    rows: int
    kinds: tuple[Part, ...]
    services: tuple[Part, ...]


class SpendDocument(Document):
    """Billed spend by one grouping. `totals`: everything in the bill, by currency."""

    what: ClassVar[str] = "trimtab cost spend"
    schema_: Literal["trimtab.cost.spend/1"] = Field("trimtab.cost.spend/1", alias="schema")
    created: Utc
    origin: str
    basis: Basis
    by: str
    since: Utc
    until: Utc
    lines: tuple[BilledLine, ...]
    totals: tuple[Part, ...]
    rules: tuple[str, ...] = RULES
    notes: tuple[str, ...] = ()


def _owner(one: Answerable) -> str:
    return " · ".join(part for part in (one.owner.team, one.owner.cost_center) if part)


GROUPINGS: dict[str, Callable[[Answerable], str]] = {
    "owner": _owner,
    "component": lambda one: one.component,
    "service": lambda _: "",
    "model": lambda one: one.owner.model,
    "environment": lambda one: one.owner.environment,
}
"""What spend can be grouped by; `service` is the charge's own."""


def document(found: Charges, owners: Owners, by: str, now: Utc) -> SpendDocument:
    """Group all charges; nothing is left out."""
    named: defaultdict[tuple[str, bool, str], list[tuple[Charge, Answerable]]] = defaultdict(list)
    for charge in found.charges:
        one = owners.answerable(charge)
        name, attributed = _name(charge, one, by)
        named[name, attributed, charge.currency].append((charge, one))
    lines = [_line(*key, members) for key, members in named.items()]
    return SpendDocument(
        created=now,
        origin=found.origin,
        basis=found.basis,
        by=by,
        since=found.since,
        until=found.until,
        lines=tuple(sorted(lines, key=lambda one: (not one.attributed, -one.amount, one.name, one.currency))),
        totals=_parts((charge.currency, charge.amount) for charge in found.charges),
        notes=found.notes,
    )


def _name(charge: Charge, one: Answerable, by: str) -> tuple[str, bool]:
    if by == "service":
        return charge.service or "(no service named)", True
    if one.by != "none":
        return GROUPINGS[by](one) or NO_TAG, True
    what = "its resource is of no stack and no owner's tag" if charge.resource_id else "no resource"
    return f"{NOT_ATTRIBUTED}: {what} ({charge.kind.value})", False


def _line(name: str, attributed: bool, currency: str, members: list[tuple[Charge, Answerable]]) -> BilledLine:
    charges = [charge for charge, _ in members]
    return BilledLine(
        name=name,
        currency=currency,
        amount=_sum(charge.amount for charge in charges),
        attributed=attributed,
        ours=any(one.ours for _, one in members),
        by_id=_sum(charge.amount for charge, one in members if one.by == "id"),
        by_tags=_sum(charge.amount for charge, one in members if one.by == "tags"),
        resources=len({charge.resource_id for charge in charges if charge.resource_id}),
        rows=sum(charge.rows for charge in charges),
        kinds=_parts((charge.kind.value, charge.amount) for charge in charges),
        services=_parts((charge.service, charge.amount) for charge in charges),
    )


def _parts(pairs: Iterable[tuple[str, Decimal]]) -> tuple[Part, ...]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for name, amount in pairs:
        sums[name] += amount
    ordered = sorted(sums.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Part(name=name, amount=amount) for name, amount in ordered)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
