"""Advice for every machine of a run, from its blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import (
    Abstained,
    BackTest,
    CandidateResult,
    MachineTarget,
    Recommendation,
    WorstMoment,
)
from trimtab.cost.sizing.budgets import MACHINE_BUDGET, by_class
from trimtab.cost.sizing.guards import MACHINE_DAYS, MACHINE_SAMPLES, history_of, incomplete, withheld
from trimtab.cost.sizing.machine import RUNGS
from trimtab.cost.sizing.machine_facts import gather, hours_of, judged_of, usage_of
from trimtab.cost.sizing.past import past_cautions, unsettled
from trimtab.cost.sizing.unmeasured import no_samples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.model import Advice, Utilisation
    from trimtab.cost.model.reduced import Group, Reduced
    from trimtab.cost.sizing.machine_facts import Facts, Fold, Hours
    from trimtab.cost.sizing.strategies import Strategy
    from trimtab.cost.sizing.unmeasured import SavingOf


@dataclass(frozen=True)
class Run:
    """What all machines of a run share.

    Attributes:
        now: seconds since 1970 that freshness is measured from.
        saving: money of a group when (advised, lowest, highest) share of its cost is saved.
    """

    reduced: Reduced
    strategy: Strategy
    now: float
    saving: SavingOf


def advise_machines(machines: Iterable[Group], run: Run) -> list[Advice]:
    """Return one piece of advice a machine; machines of one service class and part are judged together."""
    return [
        advice
        for service_class, groups in by_class(machines).items()
        for advice in _of_one_class(groups, run, MACHINE_BUDGET[service_class])
    ]


def _of_one_class(groups: list[Group], run: Run, budget: float) -> list[Advice]:
    parts, absent = run.reduced.by_part(groups)
    advice: list[Advice] = [no_samples(group, run.reduced, run.strategy.name) for group in absent]
    for daily, own in parts:
        facts = gather(daily, run.strategy.need, budget)
        hours = hours_of(daily, run.reduced.codes, facts.summary)
        advice += [_advise(group, facts, hours, run, budget) for group in own]
    return advice


def _advise(group: Group, facts: Facts, hours: Hours, run: Run, budget: float) -> Advice:
    name = group.lead.resource_id
    summary = facts.summary[run.reduced.codes[name]]
    usage = usage_of(group, summary, run.reduced, hours=hours.get(name, ()), unit="fraction of capacity", capacity=1.0)
    return _withheld(group, usage, facts, run) or _recommend(group, usage, facts, run, budget)


def _withheld(group: Group, usage: Utilisation, facts: Facts, run: Run) -> Abstained | None:
    code = run.reduced.codes[group.lead.resource_id]
    found = withheld(history_of(usage, run.now), least_days=MACHINE_DAYS, least_samples=MACHINE_SAMPLES)
    found = found or unsettled(facts.past[code], judged_of(facts, code, run.reduced.earliest))
    if found is None:
        return None
    why, reason = found
    return Abstained(subject=group.subject, code=why, reason=reason, strategy=run.strategy.name, utilisation=usage)


def _recommend(group: Group, usage: Utilisation, facts: Facts, run: Run, budget: float) -> Recommendation:
    code = run.reduced.codes[group.lead.resource_id]
    rung = facts.rung[code]
    shares = facts.over[code]
    violation = float(shares[RUNGS.index(rung)])
    forward = facts.forward.get(code, [])
    folds = [1 - fold.rung for fold in forward]
    low, high = float(min([*folds, 1 - rung])), float(max([*folds, 1 - rung]))
    test = BackTest(
        method=f"every rung over the whole history; the choice itself walked forward at {len(folds)} moments",
        samples=usage.samples,
        saving=1 - rung,
        saving_low=low if folds else 0.0,
        saving_high=high,
        violation=violation,
        budget=budget,
        worst=WorstMoment(at=usage.peak_at, demand=usage.peak, capacity=rung),
        candidates=tuple(
            CandidateResult(label=f"{candidate:g}", saving=1 - candidate, violation=float(share))
            for candidate, share in sorted(zip(RUNGS, shares, strict=True))
        ),
    )
    return Recommendation(
        subject=group.subject,
        reason=_reason(usage, rung, violation, budget),
        target=MachineTarget(capacity_fraction=rung),
        strategy=run.strategy.name,
        utilisation=usage,
        back_test=test,
        savings=run.saving(group, test.saving, test.saving_low, test.saving_high),
        cautions=(
            *_cautions(test, forward),
            *incomplete(usage, budget, facts.allowed.get(code, budget)),
            *past_cautions(facts.past[code], usage, run.reduced.earliest, run.now, _wanted(group)),
        ),
    )


def _wanted(group: Group) -> frozenset[str]:
    return frozenset(demand.metric for demand in KINDS[group.lead.kind].demands)


def _reason(usage: Utilisation, rung: float, violation: float, budget: float) -> str:
    size = "full capacity" if rung == 1 else f"{rung:g} of its capacity"
    return (
        f"{usage.metric}: mean {usage.mean:.1%}, p95 {usage.p95:.1%}, peak {usage.peak:.0%} over "
        f"{(usage.last - usage.first).total_seconds() / 86_400:.1f} days; {size} would have been exceeded in "
        f"{violation:.2%} of {usage.samples:,} samples (budget {budget:.2%})"
    )


def _cautions(test: BackTest, forward: list[Fold]) -> tuple[str, ...]:
    cautions = []
    if test.saving == 0 and test.violation > test.budget:
        cautions.append("too small as it is: the load passes what it has in more samples than its class allows")
    elif test.violation > test.budget:
        cautions.append("over budget earlier in its history; the last week was inside it")
    if any(fold.violation > test.budget for fold in forward):
        cautions.append("the same rule, asked earlier in this history, would have been over budget later")
    return tuple(cautions)
