"""What is advised next, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.model import Abstained, FleetTarget, Recommendation, Saving
from trimtab.cost.reports.model import AdviceLine, EditLine, Waiting
from trimtab.cost.reports.words import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trimtab.cost.model import Advice, Held, SpecEdit, Target


def edit_lines(edits: Iterable[SpecEdit]) -> tuple[EditLine, ...]:
    """Write edits as text, so that a number and an instance type are one column."""
    return tuple(
        EditLine(spec_path=edit.spec_path, unit=edit.unit, before=str(edit.before), after=str(edit.after))
        for edit in edits
    )


def advice_line(advice: Recommendation) -> AdviceLine:
    """Describe one recommendation."""
    saving = advice.savings if isinstance(advice.savings, Saving) else None
    test, use = advice.back_test, advice.utilisation
    return AdviceLine(
        subject=advice.subject.name,
        kind=advice.lead.kind,
        team=advice.lead.owner.team,
        reason=advice.reason,
        target=target_text(advice.target),
        edits=edit_lines(advice.edits),
        monthly=saving.monthly if saving else None,
        monthly_low=saving.monthly_low if saving else None,
        monthly_high=saving.monthly_high if saving else None,
        unpriced="" if isinstance(advice.savings, Saving) else advice.savings.reason,
        saving_share=test.saving,
        violation=test.violation,
        budget=test.budget,
        samples=test.samples,
        method=test.method,
        cautions=advice.cautions,
        trace=tuple((point.at, point.demand, point.capacity) for point in test.trace),
        unit=use.unit,
        capacity=use.capacity,
    )


def target_text(target: Target) -> str:
    """Say a target in words."""
    if not isinstance(target, FleetTarget):
        return f"{target.capacity_fraction:.0%} of today's capacity"
    plan = target.replicas
    text = plural(plan.max, "unit") if plan.min == plan.max else f"{plan.min} to {plan.max} units"
    if plan.autoscale:
        text += (
            f", scaled to keep {plan.autoscale.target_percent:g} % busy, given back after "
            f"{plan.autoscale.scale_down_after_minutes:g} min"
        )
    return f"{text}, with a floor for each hour of the week" if plan.hourly else text


def recommendations(advice: Sequence[Advice], held: Iterable[Held]) -> tuple[AdviceLine, ...]:
    """Return the advice that would change something and is not held, largest saving first."""
    waiting = {one.advice.subject.name for one in held}
    lines = [
        advice_line(one)
        for one in advice
        if isinstance(one, Recommendation) and one.edits and one.subject.name not in waiting
    ]
    return tuple(sorted(lines, key=lambda one: (-(one.monthly or 0), -one.saving_share, one.subject)))


def waiting(advice: Sequence[Advice], held: Sequence[Held]) -> tuple[Waiting, ...]:
    """Return what is held back and what is not advised, with the reason."""
    lines = [
        Waiting(
            subject=one.advice.subject.name, kind=one.advice.lead.kind, status="held", code=one.code.value,
            reason=one.reason,
        )
        for one in held
        if not isinstance(one.advice, Abstained)
    ]  # fmt: skip
    lines += [
        Waiting(
            subject=one.subject.name, kind=one.lead.kind, status="abstained", code=one.code.value, reason=one.reason
        )
        for one in advice
        if isinstance(one, Abstained)
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda one: (one.status != "held", one.code, one.subject)))
