"""From a bill and the report's lines to one comparison by component."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import HOURS_PER_WEEK
from trimtab.cost.reports.build.spend import component_of
from trimtab.cost.reports.model import Billed, BilledGroup, Cost, Difference
from trimtab.cost.spend import ChargeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trimtab.cost.reports.build.inputs import Bill
    from trimtab.cost.reports.model import Line
    from trimtab.cost.spend import Charge, Charges

REST = "other units or prices than computed"
# As CUR 2.0, FOCUS and Cost Explorer name what the price lists of `trimtab.cost.prices` are of.
_SERVICES = {
    "ec2": ("AmazonEC2", "Amazon Elastic Compute Cloud", "Amazon Elastic Compute Cloud - Compute"),
    "sagemaker": ("AmazonSageMaker", "Amazon SageMaker"),
}


def billed(bill: Bill, lines: Sequence[Line], currency: str) -> Billed:
    """Compare the bill with what the lines cost at list price in the same hours."""
    charges = bill.charges
    own: defaultdict[str, list[Charge]] = defaultdict(list)
    nobody: defaultdict[str, Decimal] = defaultdict(Decimal)
    elsewhere = Decimal(0)
    for charge in charges.charges:
        if charge.currency != currency:
            continue
        found = bill.owners.answerable(charge)
        if found.ours:
            own[found.component].append(charge)
        elif found.by == "tags":
            elsewhere += charge.amount
        else:
            nobody[f"{charge.kind.value}, {'unknown resources' if charge.resource_id else 'no resource'}"] += (
                charge.amount
            )
    computed: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        computed[component_of(line)].append(line)
    groups = [_group(name, computed[name], own[name], charges) for name in sorted({*computed, *own})]
    others = _sums((charge.currency, charge.amount) for charge in charges.charges if charge.currency != currency)
    return Billed(
        origin=charges.origin,
        basis=charges.basis,
        since=charges.since,
        until=charges.until,
        groups=tuple(sorted(groups, key=lambda one: (-abs(one.billed - one.computed), one.name))),
        elsewhere=elsewhere,
        nobody=_sums(nobody.items()),
        other_currencies=others,
        notes=charges.notes,
    )


def _group(name: str, lines: Sequence[Line], charges: Sequence[Charge], found: Charges) -> BilledGroup:
    computed = sum((_of_time(line, found) for line in lines), Decimal(0))
    services = {each for line in lines for each in _SERVICES[KINDS[line.kind].service]}
    parts: list[tuple[str, Decimal]] = [(REST, -computed)]
    for charge in charges:
        if charge.kind is not ChargeKind.USAGE:
            parts.append((charge.kind.value, charge.amount))
        else:
            parts.append((REST if charge.service in services else f"{charge.service}, not computed", charge.amount))
    return BilledGroup(
        name=name,
        computed=computed,
        billed=sum((charge.amount for charge in charges), Decimal(0)),
        parts=tuple(one for one in _sums(parts) if one.amount),
        unpriced=sum(not isinstance(line.cost, Cost) for line in lines),
    )


def _of_time(line: Line, found: Charges) -> Decimal:
    """Return what a line cost in the bill's hours: the days of which something told, else the mean hour of the week."""
    if not isinstance(line.cost, Cost):
        return Decimal(0)
    hours = Decimal(str((found.until - found.since).total_seconds())) / 3600
    days = [day for day in line.days if found.since.date() <= day.day < found.until.date()]
    told = sum((Decimal(repr(day.hours)) for day in days), Decimal(0))
    hourly = sum((day.cost for day in days), Decimal(0)) / told if told else line.cost.weekly / HOURS_PER_WEEK
    return (hourly * hours).quantize(Decimal("0.000001"))


def _sums(pairs: Iterable[tuple[str, Decimal]]) -> tuple[Difference, ...]:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for name, amount in pairs:
        sums[name] += amount
    return tuple(
        Difference(name=name, amount=amount)
        for name, amount in sorted(sums.items(), key=lambda one: (-abs(one[1]), one[0]))
    )
