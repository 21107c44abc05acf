"""Advice for one fleet, from its demand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.kinds import KINDS
from trimtab.cost.kinds.floor_edits import floors_field
from trimtab.cost.model import (
    Abstained,
    AbstentionCode,
    BackTest,
    CandidateResult,
    FleetTarget,
    HourOfWeek,
    Recommendation,
    Utilisation,
    WorstMoment,
)
from trimtab.cost.sizing.budgets import FLEET_BUDGET
from trimtab.cost.sizing.fleet import TARGETS, Limits, allowance, choose
from trimtab.cost.sizing.guards import FLEET_DAYS, FLEET_SAMPLES, history_of, incomplete, withheld
from trimtab.cost.sizing.past import past_cautions, pasts
from trimtab.cost.sizing.plan import capacity, hour_of_week, over
from trimtab.cost.sizing.trace import trace
from trimtab.cost.sizing.unmeasured import no_samples
from trimtab.cost.sizing.words import plan_said

if TYPE_CHECKING:
    from trimtab.cost.model import Advice
    from trimtab.cost.model.reduced import Group, Series
    from trimtab.cost.sizing.advise_machines import Run
    from trimtab.cost.sizing.fleet import Judged
    from trimtab.cost.sizing.rhythm import ByHour

_SHOWN_CANDIDATES = 12
_LEAST_MOVED = 0.5
"""Half a unit: what moves below it is rounding to whole ones."""


def advise_fleet(group: Group, run: Run) -> Advice:
    """Return the advice for one fleet."""
    demand = run.reduced.fleets.get(group.subject.name)
    if demand is None:
        return no_samples(group, run.reduced, run.strategy.name)
    defects = tuple(
        defect for member in group.members for defect in run.reduced.by_resource.get(member.resource_id, ())
    )
    usage = _usage(group, demand).model_copy(update={"defects": defects})
    found = withheld(history_of(usage, run.now), least_days=FLEET_DAYS, least_samples=FLEET_SAMPLES)
    if found:
        code, reason = found
        return Abstained(subject=group.subject, code=code, reason=reason, strategy=run.strategy.name, utilisation=usage)
    return _recommend(group, usage, demand, run)


def _at(demand: Series, place: int) -> datetime:
    return datetime.fromtimestamp(float(demand.seconds[place]), tz=UTC)


def _usage(group: Group, demand: Series) -> Utilisation:
    load = demand.replicas
    measured = int(np.isfinite(load).sum())
    frame = pd.DataFrame({"hour": hour_of_week(demand.seconds), "load": load}).dropna()
    rows = frame.groupby("hour")["load"].agg(["mean", "max", "size"])
    return Utilisation(
        subject=group.subject,
        members=group.members,
        metric=demand.metric,
        unit="replicas",
        capacity=group.paid_units,
        first=_at(demand, 0),
        last=_at(demand, -1),
        samples=measured,
        step_minutes=demand.step_minutes,
        coverage=measured / len(load),
        mean=float(np.nanmean(load)),
        p95=float(np.nanquantile(load, 0.95)),
        peak=float(np.nanmax(load)),
        peak_at=_at(demand, int(np.nanargmax(load))),
        hours=tuple(
            HourOfWeek(hour=int(hour), mean=float(mean), peak=float(peak), samples=int(size))
            for hour, mean, peak, size in rows.itertuples()
        ),
    )


def _recommend(group: Group, usage: Utilisation, demand: Series, run: Run) -> Advice:
    kind = KINDS[group.lead.kind]
    scaling, unit = kind.scaling, kind.unit
    limits = Limits(
        now=group.units,
        least=max(member.min_replicas for member in group.members) if scaling.floor else 0,
        bounded=demand.bounded,
        budget=FLEET_BUDGET[group.lead.service_class],
        by_hour=_by_hour(group),
        targets=scaling.targets or TARGETS,
        floor=scaling.floor,
    )
    best, weighed = run.strategy.fleet(demand, limits)
    if _is_better_as_it_is(group, demand, best, limits):
        return Abstained(
            subject=group.subject,
            code=AbstentionCode.AS_IT_IS,
            reason=f"it scales by itself and ran {group.paid_units:.2f} on average; the cheapest plan inside the "
            f"budget, {plan_said(best.plan, unit)}, would have held {best.cost:.2f}",
            strategy=run.strategy.name,
            utilisation=usage,
        )
    units = group.paid_units or 1.0
    held = capacity(best.plan, demand)
    room = np.where(np.isnan(demand.replicas), -np.inf, demand.replicas - held)
    worst = int(np.argmax(room))
    parts = [float(part.mean()) for part in np.array_split(held, 4) if len(part)]
    low, high = 1 - max(parts) / units, 1 - min(parts) / units
    share = 1 - best.cost / units
    test = BackTest(
        method=f"{len(weighed)} plans replayed over the whole history, the cheapest inside the budget taken",
        samples=usage.samples,
        saving=share,
        saving_low=low,
        saving_high=high,
        violation=best.violation,
        budget=limits.budget,
        worst=WorstMoment(at=_at(demand, worst), demand=float(demand.replicas[worst]), capacity=float(held[worst])),
        candidates=_nearest(best, weighed, units, unit),
        trace=trace(demand, held),
    )
    return Recommendation(
        subject=group.subject,
        reason=_reason(usage, best, limits, int(over(demand, held).sum())),
        target=FleetTarget(replicas=best.plan),
        strategy=run.strategy.name,
        utilisation=usage,
        back_test=test,
        savings=run.saving(group, share, low, high),
        cautions=(
            *_cautions(demand, limits, best),
            *incomplete(usage, limits.budget, _allowed(usage, limits, run)),
            *_past_cautions(usage, demand, run),
        ),
    )


def _by_hour(group: Group) -> ByHour:
    """Return how the fleet's declaration carries floors by hour; a fleet that is not declared carries any plan."""
    declared = [member for member in group.members if member.fields]
    if not declared:
        return "any"
    return "windows" if all(floors_field(member) is not None for member in declared) else "none"


def _is_better_as_it_is(group: Group, demand: Series, best: Judged, limits: Limits) -> bool:
    """Whether what ran by itself cost less than the best plan, and was not short of units more than it may."""
    if all(member.running is None for member in group.members) or best.cost <= group.paid_units:
        return False
    with np.errstate(invalid="ignore"):
        full = float((demand.replicas >= group.units).mean())
    return full <= limits.budget


def _nearest(best: Judged, weighed: list[Judged], units: float, unit: str) -> tuple[CandidateResult, ...]:
    """Return the plans nearest in cost to the chosen one, cheapest first."""
    near = sorted(weighed, key=lambda one: abs(one.cost - best.cost))[:_SHOWN_CANDIDATES]
    return tuple(
        CandidateResult(label=plan_said(one.plan, unit), saving=1 - one.cost / units, violation=one.violation)
        for one in sorted(near, key=lambda one: one.cost)
    )


def _reason(usage: Utilisation, best: Judged, limits: Limits, count: int) -> str:
    unit = KINDS[usage.lead.kind].unit
    return (
        f"{usage.metric}: the fleet's work is {usage.mean:.1f} {unit}' worth on average and {usage.peak:.1f} at its "
        f"busiest, of {usage.capacity:.1f} that ran; {plan_said(best.plan, unit)} would have held {best.cost:.1f} on "
        f"average and been too small in {count:,} of {usage.samples:,} samples ({best.violation:.2%}, budget "
        f"{limits.budget:.2%})"
    )


def _past_cautions(usage: Utilisation, demand: Series, run: Run) -> tuple[str, ...]:
    """Say what moved. Nothing is withheld for it: a plan follows the load, and its ceiling leaves room for twice it."""
    day = (demand.seconds // 86_400).astype(int)
    frame = pd.DataFrame({"day": day, "total": demand.replicas, "last": pd.to_datetime(demand.seconds, unit="s")})
    rows = frame.dropna().groupby("day").agg(total=("total", "sum"), n=("total", "size"), last=("last", "max"))
    blocks = rows.reset_index().assign(resource=0, metric=KINDS[usage.lead.kind].unit, key=0)
    past = pasts(blocks, _LEAST_MOVED)[0]
    return past_cautions(past, usage, run.reduced.earliest, run.now, frozenset())


def _allowed(usage: Utilisation, limits: Limits, run: Run) -> float:
    """Return the share over capacity that this past might show; only trimtab's own choice asks for less."""
    return allowance(usage.samples, limits.budget) if run.strategy.fleet is choose else limits.budget


def _cautions(demand: Series, limits: Limits, best: Judged) -> tuple[str, ...]:
    cautions = []
    if demand.proven:
        cautions.append(
            "what one replica can serve is not known: the highest load seen counts as all of today's replicas full; "
            "give unit_capacity in the inventory to be advised closer"
        )
    if best.violation > limits.budget:
        cautions.append("no plan kept to the budget; this is the one with the least violation")
    return tuple(cautions)
