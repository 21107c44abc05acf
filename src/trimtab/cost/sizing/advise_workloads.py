"""Advice for every workload of a run: what its container should request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.kinds.kubernetes_workload import CPU, GPU, GPU_MEMORY, MEMORY
from trimtab.cost.model import (
    Abstained,
    BackTest,
    CandidateResult,
    Recommendation,
    Requests,
    RequestsTarget,
    WorstMoment,
)
from trimtab.cost.sizing.budgets import MACHINE_BUDGET, by_class
from trimtab.cost.sizing.guards import MACHINE_DAYS, MACHINE_SAMPLES, history_of, incomplete, withheld
from trimtab.cost.sizing.machine_facts import hours_of, usage_of
from trimtab.cost.sizing.past import Judged, past_cautions, pasts, unsettled
from trimtab.cost.sizing.requests import Needs, requests_for, saving, written
from trimtab.cost.sizing.unmeasured import no_samples
from trimtab.cost.sizing.workload import CUTS
from trimtab.cost.sizing.workload_cautions import cautions
from trimtab.cost.sizing.workload_facts import gather, needs_at, needs_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.model import Advice, HourOfWeek, Resource, Utilisation
    from trimtab.cost.model.reduced import Group
    from trimtab.cost.sizing.advise_machines import Run
    from trimtab.cost.sizing.past import Past
    from trimtab.cost.sizing.workload_facts import Measure

_UNIT = {CPU: "millicores", MEMORY: "MiB", GPU: "GPUs", GPU_MEMORY: "MiB of GPU memory"}
_REQUEST = {CPU: "cpu_millicores", MEMORY: "memory_mib", GPU: "gpus"}
"""Metric → the request that it sizes."""


@dataclass(frozen=True)
class Judge:
    """What all workloads of one service class share."""

    run: Run
    budget: float
    measures: dict[str, Measure]
    past: dict[int, Past]
    hours: dict[str, dict[str, tuple[HourOfWeek, ...]]]


def advise_workloads(workloads: Iterable[Group], run: Run) -> list[Advice]:
    """Return one piece of advice a workload; workloads of one service class are judged together."""
    return [
        advice
        for service_class, groups in by_class(workloads).items()
        for advice in _of_one_class(groups, run, MACHINE_BUDGET[service_class])
    ]


def _of_one_class(groups: list[Group], run: Run, budget: float) -> list[Advice]:
    parts, absent = run.reduced.by_part(groups)
    advice: list[Advice] = [no_samples(group, run.reduced, run.strategy.name) for group in absent]
    for daily, own in parts:
        measures = gather(daily, run.strategy, budget)
        hours = {metric: hours_of(daily, run.reduced.codes, one.summary) for metric, one in measures.items()}
        judge = Judge(run, budget, measures, pasts(daily.days, 0.0), hours)
        advice += [_advise(group, run.reduced.codes[group.lead.resource_id], judge) for group in own]
    return advice


def _advise(group: Group, code: int, judge: Judge) -> Advice:
    run = judge.run
    metric = _binding(group.lead, code, judge.measures)
    if metric is None:
        return no_samples(group, run.reduced, run.strategy.name)
    needs = needs_of(judge.measures, code)
    after = requests_for(group.lead, needs)
    usage = _usage(group, code, metric, after, judge)
    past, earliest = judge.past[code], run.reduced.earliest
    found = withheld(history_of(usage, run.now), least_days=MACHINE_DAYS, least_samples=MACHINE_SAMPLES)
    found = found or unsettled(past, _judged(group.lead, usage, after, earliest))
    if found:
        return Abstained(
            subject=group.subject, code=found[0], reason=found[1], strategy=run.strategy.name, utilisation=usage
        )
    test = _back_test(group.lead, code, usage, after, judge)
    return Recommendation(
        subject=group.subject,
        reason=_reason(group.lead, code, after, test, judge),
        target=RequestsTarget(requests=after),
        strategy=run.strategy.name,
        utilisation=usage,
        back_test=test,
        savings=run.saving(group, test.saving, test.saving_low, test.saving_high),
        cautions=(
            *cautions(group.lead, needs, after),
            *incomplete(usage, judge.budget, judge.budget),
            *past_cautions(past, usage, earliest, run.now, frozenset()),
        ),
    )


def _judged(resource: Resource, usage: Utilisation, after: Requests, earliest: float) -> Judged:
    """Return what is about to be advised: a trend counts where it would pass what is requested now within a week."""
    need = after.known().get(_REQUEST[usage.metric], usage.capacity)
    smaller = saving(resource, after) > 0
    return Judged(need, usage.capacity, smaller, usage.first.timestamp(), usage.last.timestamp(), earliest)


def _binding(resource: Resource, code: int, measures: dict[str, Measure]) -> str | None:
    """Return the metric of which the most is in use of what is requested; the first measured where none is known."""
    there = [metric for metric in _REQUEST if metric in measures and code in measures[metric].summary]
    known = resource.requests.known()

    def use(metric: str) -> float:
        requested = known.get(_REQUEST[metric])
        return measures[metric].summary[code].p95 / requested if requested else 0.0

    return max(there, key=use, default=None)


def _usage(group: Group, code: int, metric: str, after: Requests, judge: Judge) -> Utilisation:
    """Return the load of the binding metric; of what is requested now, or of what is advised where that is unknown."""
    name = group.lead.resource_id
    requested = group.lead.requests.known().get(_REQUEST[metric]) or after.known()[_REQUEST[metric]]
    summary = judge.measures[metric].summary[code]
    hours = judge.hours[metric].get(name, ())
    return usage_of(group, summary, judge.run.reduced, hours=hours, unit=_UNIT[metric], capacity=requested)


def _violation(code: int, requests: Requests, measures: dict[str, Measure]) -> float:
    """Return the share of samples over the requests, of the metric with most of them."""
    known = requests.known()
    return max(
        (
            measures[metric].share_above(code, known[name])
            for metric, name in _REQUEST.items()
            if metric in measures and known.get(name)
        ),
        default=0.0,
    )


def _back_test(resource: Resource, code: int, usage: Utilisation, after: Requests, judge: Judge) -> BackTest:
    earlier = [needs_at(judge.measures, code, cut) for cut in CUTS]
    folds = [saving(resource, requests_for(resource, needs)) for needs in earlier if needs is not None]
    share = saving(resource, after)
    return BackTest(
        method=f"requests over the whole history; the choice itself walked forward at {len(folds)} moments",
        samples=usage.samples,
        saving=share,
        saving_low=min([*folds, share]) if folds else min(0.0, share),
        saving_high=max([*folds, share]),
        violation=_violation(code, after, judge.measures),
        budget=judge.budget,
        worst=WorstMoment(
            at=usage.peak_at, demand=usage.peak, capacity=after.known().get(_REQUEST[usage.metric], usage.capacity)
        ),
        candidates=tuple(
            CandidateResult(
                label=written(one), saving=saving(resource, one), violation=_violation(code, one, judge.measures)
            )
            for one in _others(resource, after)
        ),
    )


def _others(resource: Resource, after: Requests) -> list[Requests]:
    """Return what was weighed, dearest last: the advice, what is requested now, and half and twice the advised CPU."""
    cpu = after.cpu_millicores
    halves = [Needs(cpu=cpu / 2), Needs(cpu=cpu * 2)] if cpu else []
    beside = [requests_for(resource, one).cpu_millicores for one in halves]
    found = [after, *(after.model_copy(update={"cpu_millicores": value}) for value in beside)]
    if resource.requests.known():
        found.append(resource.requests)
    return sorted({written(one): one for one in found}.values(), key=lambda one: -saving(resource, one))


def _reason(resource: Resource, code: int, after: Requests, test: BackTest, judge: Judge) -> str:
    parts = []
    for metric, one in judge.measures.items():
        if code in one.summary:
            seen = one.summary[code]
            parts.append(f"{metric} mean {seen.mean:.4g}, p95 {seen.p95:.4g}, peak {seen.peak:.4g} {_UNIT[metric]}")
    now = written(resource.requests) if resource.requests.known() else "nothing that is known"
    return (
        f"{'; '.join(parts)} (busiest pod of each moment); it requests {now}; {written(after)} would have been "
        f"exceeded in {test.violation:.2%} of {test.samples:,} samples (budget {test.budget:.2%})"
    )
