"""From hours of on-demand usage to what to commit to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.commitments.level import best_level, hour, outcome
from trimtab.cost.commitments.model import (
    Commitment,
    CommitmentLine,
    CommitmentsDocument,
    NotAdvised,
    Rate,
    UnpricedUsage,
)
from trimtab.cost.commitments.plans import PLANS, Offer, Plan
from trimtab.cost.commitments.rates import HOURS_PER_YEAR, CommitmentRates
from trimtab.cost.model import HOURS_PER_MONTH, HOURS_PER_WEEK
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trimtab.cost.commitments.level import Hour
    from trimtab.cost.spend.hours import Hours, Metered

_CENT = Decimal("0.01")
LEAST_HOURS = 2 * HOURS_PER_WEEK
"""Two whole weeks: one would give a range of a single value, and a holiday week would be all that is known."""


@dataclass(frozen=True)
class _Case:
    """Usage that one commitment would cover, with its rates."""

    plan: Plan
    scope: str
    rates: Mapping[Metered, Rate]


def commitments(hours: Hours, rates: CommitmentRates, offer: Offer, now: datetime) -> CommitmentsDocument:
    """Advise on each plan.

    Raises:
        UserError: the bill is not in USD, as the rates are.
        WorldError: rates cannot be read.
    """
    if hours.currency != "USD":
        raise UserError(
            f"{hours.origin}: is in {hours.currency}; allowed: USD, in which AWS lists the rates of commitments",
            remedy="export the bill in USD.",
        )
    lines = [line for plan in PLANS for line in _of_plan(plan, hours, rates, offer)]
    rank = {"commitment": 0, "none": 1, "unpriced": 2}
    return CommitmentsDocument(
        created=now,
        origin=hours.origin,
        since=hours.since,
        until=hours.until,
        currency=hours.currency,
        left_out=_monthly(hours.left_out, hours.count),
        lines=tuple(sorted(lines, key=lambda one: (rank[one.status], -getattr(one, "monthly", Decimal(0)), one.scope))),
    )


def _of_plan(plan: Plan, hours: Hours, rates: CommitmentRates, offer: Offer) -> Iterator[CommitmentLine]:
    mine = [one for one in hours.used if _covers(plan, one)]
    priced: dict[Metered, Rate] = {}
    for one in sorted(mine):
        found = rates.rate(plan, offer, one)
        if isinstance(found, Rate):
            priced[one] = found
        else:
            cost = sum((used.cost for used in hours.used[one].values()), Decimal(0))
            yield UnpricedUsage(
                plan=plan.name, scope=one.usage_type, on_demand=_monthly(cost, hours.count), reason=found.reason
            )
    if plan.savings_plan:
        cases = [_Case(plan, "", priced)] if priced else []
    else:
        cases = [_Case(plan, one.usage_type, {one: rate}) for one, rate in priced.items()]
    yield from (_of_case(case, hours, offer) for case in cases)


def _covers(plan: Plan, one: Metered) -> bool:
    return any(part in one.usage_type for part in plan.codes.get(one.service, ()))


def _of_case(case: _Case, hours: Hours, offer: Offer) -> Commitment | NotAdvised:
    if hours.count < LEAST_HOURS:
        reason = f"{hours.count} hours are known; two whole weeks ({LEAST_HOURS} hours) are the least"
        return NotAdvised(plan=case.plan.name, scope=case.scope, reason=reason)
    past = [_hour(case, hours, hours.since + timedelta(hours=at)) for at in range(hours.count)]
    unit = Decimal(0) if case.plan.savings_plan else next(iter(case.rates.values())).unit
    level = best_level(past, unit)
    if not level:
        return NotAdvised(
            plan=case.plan.name, scope=case.scope, reason="no level would have saved anything in the past hours"
        )
    return _advised(case, past, level, unit, offer)


def _hour(case: _Case, hours: Hours, at: datetime) -> Hour:
    used = ((rate, hours.used[one].get(at)) for one, rate in case.rates.items())
    return hour([(rate.unit * each.quantity, each.cost) for rate, each in used if each])


def _advised(case: _Case, past: list[Hour], level: Decimal, unit: Decimal, offer: Offer) -> Commitment:
    whole = outcome(past, level)
    weeks = [
        past[start : start + HOURS_PER_WEEK] for start in range(len(past) % HOURS_PER_WEEK, len(past), HOURS_PER_WEEK)
    ]
    savings = [_monthly(outcome(week, level).saving, len(week)) for week in weeks]
    rate = next(iter(case.rates.values()))
    upfront = level * rate.upfront_share * HOURS_PER_YEAR * offer.years
    replaced, recurring = (
        _monthly(money, len(past)) for money in (whole.replaced, whole.paid * (1 - rate.upfront_share))
    )
    return Commitment(
        plan=case.plan.name,
        scope=case.scope,
        level=level / unit if unit else level.quantize(Decimal("0.001")),
        unit="nodes" if unit else "USD an hour",
        years=offer.years,
        payment=offer.payment,
        hourly=level,
        monthly=_monthly(whole.saving, len(past)),
        monthly_low=min(savings),
        monthly_high=max(savings),
        on_demand=_monthly(sum((one.on_demand for one in past), Decimal(0)), len(past)),
        utilisation=float(whole.used / whole.paid),
        # Used in full it replaces `replaced / used` of itself; it pays from the inverse of that on.
        break_even=float(whole.used / whole.replaced),
        upfront=upfront.quantize(_CENT),
        payback_months=float(upfront / (replaced - recurring)) if upfront else 0.0,
        source="; ".join(sorted({one.source for one in case.rates.values()})),
    )


def _monthly(money: Decimal, hours: int) -> Decimal:
    return (money / hours * HOURS_PER_MONTH).quantize(_CENT) if hours else Decimal(0)
