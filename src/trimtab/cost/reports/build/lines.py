"""One line a subject: cost and use."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.kinds import billed_units
from trimtab.cost.model import HOURS_PER_MONTH, HOURS_PER_WEEK, Price, Unpriced, Utilisation
from trimtab.cost.reports.model import Cost, Line, NotUsed, Use

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.cost.model import Advice, Measured, Pricing, Resource
    from trimtab.cost.reports.model import Costing, Usage


def line(advice: Advice, prices: Mapping[str, Pricing]) -> Line:
    """Describe the subject of one piece of advice."""
    lead, measured = advice.lead, advice.utilisation
    return Line(
        subject=advice.subject.name,
        kind=lead.kind,
        component=lead.component,
        owner=lead.owner,
        region=lead.region,
        instance_type=lead.instance_type,
        units=sum(member.count for member in measured.members),
        paid_units=sum(member.paid_units for member in measured.members),
        members=tuple(member.resource_id for member in measured.members),
        source_position=lead.source_position,
        cost=_cost(measured.members, prices),
        use=_use(measured),
    )


def _cost(members: tuple[Resource, ...], prices: Mapping[str, Pricing]) -> Costing:
    """Add up the members; a single one without a price leaves the whole unpriced, never too low."""
    hourly, price = Decimal(0), None
    for member in members:
        found = prices.get(member.resource_id, Unpriced(reason=f"{member.resource_id}: no price was looked up"))
        if isinstance(found, Unpriced):
            return found
        units = billed_units(member)
        if units is None:
            most = found.monthly * member.count
            return Unpriced(reason=f"how many of it ran is not known; at most {member.count}, {most:,.0f} a month")
        hourly, price = hourly + found.hourly * Decimal(repr(units)), found
    if not isinstance(price, Price):
        return Unpriced(reason="it has no member")
    return Cost(
        monthly=hourly * HOURS_PER_MONTH,
        weekly=hourly * HOURS_PER_WEEK,
        hourly_unit=price.hourly,
        source=price.source,
        as_of=price.as_of,
    )


def _use(measured: Measured) -> Usage:
    if not isinstance(measured, Utilisation):
        return NotUsed(reason=measured.reason)
    if measured.capacity <= 0:
        return NotUsed(reason="nothing is paid for now: capacity is 0")
    return Use(
        metric=measured.metric,
        mean=measured.mean / measured.capacity,
        p95=measured.p95 / measured.capacity,
        peak=measured.peak / measured.capacity,
        first=measured.first,
        last=measured.last,
        samples=measured.samples,
        coverage=measured.coverage,
    )
