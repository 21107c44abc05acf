"""The table of contents: from what is paid for and what was measured to what is advised."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from trimtab.cost.kinds import KINDS, Shape, groups
from trimtab.cost.model import AdviceDocument, Recommendation
from trimtab.cost.prices.savings import saving_of
from trimtab.cost.sizing.advise_fleets import advise_fleet
from trimtab.cost.sizing.advise_machines import Run, advise_machines
from trimtab.cost.sizing.advise_workloads import advise_workloads
from trimtab.cost.sources.measure import measure
from trimtab.cost.sources.telling import silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.model import Advice, Resource
    from trimtab.cost.model.reduced import Reduced
    from trimtab.cost.prices.port import PriceBook
    from trimtab.cost.sizing.strategies import Strategy
    from trimtab.cost.sources.port import Samples, UsageSource
    from trimtab.cost.sources.telling import Tell


def recommend(
    resources: Sequence[Resource],
    source: UsageSource,
    prices: PriceBook,
    strategy: Strategy,
    *,
    until: datetime | None = None,
    now: datetime | None = None,
    profile: bool = True,
    tell: Tell = silent,
) -> AdviceDocument:
    """Advise on every machine, workload and fleet of an inventory, once each.

    Args:
        resources: the inventory.
        source: where samples come from.
        prices: what units cost.
        strategy: how to judge.
        until: only samples before it are used.
        now: what freshness is measured from; None: `until`, else the newest sample.
        profile: also reduce load to hours of the week, for reports.
        tell: is told how many samples were read, and of how many.

    Raises:
        UserError: the samples cannot be read, or are in another unit.
        WorldError: the source cannot be reached.
    """
    samples = source.samples(resources, until)
    seen = [_told(one, samples) for one in resources]
    reduced = measure(samples, seen, profile=profile, tell=tell)
    moment = until or now or datetime.fromtimestamp(reduced.newest, tz=UTC)
    return AdviceDocument(
        created=datetime.now(tz=UTC),
        until=moment,
        strategy=strategy.name,
        advice=advise(seen, reduced, prices, strategy, moment.timestamp()),
        defects=reduced.defects,
    )


def _told(resource: Resource, samples: Samples) -> Resource:
    """Return the resource with what the source told of it beside its load."""
    name = resource.resource_id
    told = {"running": samples.running.get(name), "full_invocations": samples.full_invocations.get(name)}
    return resource.model_copy(update=told)


def advise(
    resources: Sequence[Resource], reduced: Reduced, prices: PriceBook, strategy: Strategy, now: float
) -> tuple[Advice, ...]:
    """Judge reduced usage; in the inventory's order."""
    run = Run(reduced, strategy, now, saving_of(prices))
    gathered = groups(resources)
    shaped = {shape: [group for group in gathered if KINDS[group.lead.kind].shape is shape] for shape in Shape}
    judged = (
        *advise_machines(shaped[Shape.MACHINE], run),
        *advise_workloads(shaped[Shape.WORKLOAD], run),
        *(advise_fleet(group, run) for group in shaped[Shape.FLEET]),
    )
    advice = {one.subject.name: one for one in judged}
    return tuple(_with_edits(advice[group.subject.name]) for group in gathered)


def _with_edits(advice: Advice) -> Advice:
    """Name the fields of the declaration that carry the advice, member by member."""
    if not isinstance(advice, Recommendation):
        return advice
    edits = tuple(
        edit for member in advice.utilisation.members for edit in KINDS[member.kind].edits(member, advice.target)
    )
    return advice.model_copy(update={"edits": edits})
