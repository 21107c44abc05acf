"""What is advised next, and what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.model import Abstained, Recommendation, Saving
from trimtab.cost.reports.model import AdviceLine, EditLine, Waiting
from trimtab.cost.sizing.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trimtab.cost.model import Advice, Held, SpecEdit


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
        target=said(advice),
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
