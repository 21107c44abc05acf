"""Guards that look at one piece of advice alone: each returns why it is held, or None."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from trimtab.cost.model import Held, HeldCode, MachineTarget, Recommendation, Unpriced
from trimtab.spec.hourly_floors import FIELD, is_step

if TYPE_CHECKING:
    from collections.abc import Callable

    from trimtab.cost.apply.guards.context import Context
    from trimtab.cost.model import Advice, SpecEdit
    from trimtab.spec.sizing import SizingField

_OF_SCALERS = frozenset({"percent", "minutes", "seconds", "invocationsPerMinute"})
"""Units of what a scaler is told: not a share of capacity, however much the number changes."""
_FLOORED = ("min", "max", "nodes", "instances", "replicas", "count")


def abstained(advice: Advice, _: Context) -> Held | None:
    """Nothing is advised."""
    if isinstance(advice, Recommendation):
        return None
    return Held(advice=advice, code=HeldCode.ABSTAINED, reason=advice.reason)


def selected(advice: Advice, context: Context) -> Held | None:
    """The user named others."""
    names = {advice.subject.name, *(member.resource_id for member in advice.utilisation.members)}
    if not context.only or names & context.only:
        return None
    return Held(advice=advice, code=HeldCode.DECLINED, reason="not among the resources named with --only")


def in_its_hours(advice: Advice, context: Context) -> Held | None:
    """No freeze holds, and a maintenance window is open where any is declared."""
    if not context.refusal:
        return None
    return Held(advice=advice, code=HeldCode.CHANGE_WINDOW, reason=context.refusal)


def changes_something(advice: Advice, _: Context) -> Held | None:
    """A target that the declaration cannot carry, or that is there already."""
    if not isinstance(advice, Recommendation) or advice.edits:
        return None
    if not advice.lead.fields:
        reason = "no component of the stack registered a sizing handle for it"
        return Held(advice=advice, code=HeldCode.NO_HANDLE, reason=reason)
    return Held(advice=advice, code=HeldCode.NO_CHANGE, reason="its declaration says so already")


def steps(advice: Advice, _: Context) -> Held | None:
    """Every edit must be a step that the handle allows, from where the declaration stands."""
    if not isinstance(advice, Recommendation):
        return None
    fields = {field.spec_path: field for member in advice.utilisation.members for field in member.fields}
    for edit in advice.edits:
        problem = _step(edit, fields.get(edit.spec_path))
        if problem:
            return Held(advice=advice, code=problem[0], reason=problem[1])
    return None


def _step(edit: SpecEdit, field: SizingField | None) -> tuple[HeldCode, str] | None:
    if field is None:
        return HeldCode.NO_HANDLE, f"{edit.spec_path} is no field that a component offers for sizing"
    if not (is_step(field, str(edit.after)) if field.unit == FIELD else edit.after in field.allowed):
        return HeldCode.STEP, f"{edit.spec_path} = {edit.after} is no step that it may take"
    if edit.before != field.current:
        return HeldCode.CONFLICT, f"{edit.spec_path} is {field.current} now; the advice was made for {edit.before}"
    return None


def floor(advice: Advice, _: Context) -> Held | None:
    """Never under the fewest units that the resource must have."""
    if not isinstance(advice, Recommendation):
        return None
    least = advice.lead.min_replicas
    for edit in advice.edits:
        counts = isinstance(edit.after, int) and edit.name.lower().startswith(_FLOORED)
        if counts and isinstance(edit.after, int) and edit.after < least and _lowers(edit):
            reason = f"{edit.spec_path} = {edit.after} is under its floor of {least}"
            return Held(advice=advice, code=HeldCode.FLOOR, reason=reason)
    return None


def _lowers(edit: SpecEdit) -> bool:
    return isinstance(edit.before, int) and isinstance(edit.after, int) and edit.after < edit.before


def priced(advice: Advice, _: Context) -> Held | None:
    """What is not priced cannot be weighed against the spend."""
    if not isinstance(advice, Recommendation) or not isinstance(advice.savings, Unpriced):
        return None
    return Held(advice=advice, code=HeldCode.UNPRICED, reason=advice.savings.reason)


def covered(advice: Advice, context: Context) -> Held | None:
    """Enough samples, and fresh ones."""
    if not isinstance(advice, Recommendation):
        return None
    use, limits = advice.utilisation, context.limits
    oldest = context.now - timedelta(hours=limits.age_hours)
    problem = ""
    if use.coverage < limits.coverage:
        problem = f"{use.coverage:.0%} of the expected samples are there; {limits.coverage:.0%} are needed"
    elif use.last < oldest:
        problem = f"its newest sample is of {use.last:%Y-%m-%d %H:%M} UTC, older than {limits.age_hours:g} h"
    elif context.created < oldest:
        problem = f"the advice is of {context.created:%Y-%m-%d %H:%M} UTC, older than {limits.age_hours:g} h"
    return Held(advice=advice, code=HeldCode.COVERAGE, reason=problem) if problem else None


def quiet(advice: Advice, context: Context) -> Held | None:
    """What is in alarm already is not made smaller."""
    sounding = context.alarms.get(advice.subject.name, ())
    if not sounding:
        return None
    return Held(advice=advice, code=HeldCode.ALARM, reason=f"{', '.join(sounding)} in ALARM before the change")


def not_too_much(advice: Advice, context: Context) -> Held | None:
    """No resource loses more than a share of its capacity in one step."""
    if not isinstance(advice, Recommendation):
        return None
    most = context.limits.capacity
    lost = max(_share_lost(edit) for edit in advice.edits)
    if isinstance(advice.target, MachineTarget):
        lost = 1 - advice.target.capacity_fraction
    if lost <= most:
        return None
    reason = f"{lost:.0%} of its capacity would go at once; {most:.0%} may (--max-capacity)"
    return Held(advice=advice, code=HeldCode.BLAST_RADIUS, reason=reason)


def _share_lost(edit: SpecEdit) -> float:
    """Return the share of the ceiling that an edit takes away; floors, targets and waits take nothing from a peak."""
    if edit.name.lower().startswith("min") or edit.unit in _OF_SCALERS:
        return 0.0
    if isinstance(edit.before, int) and isinstance(edit.after, int) and edit.before > 0:
        return 1 - edit.after / edit.before
    return 0.0


SINGLE: tuple[Callable[[Advice, Context], Held | None], ...] = (
    abstained, selected, changes_something, in_its_hours, steps, floor, priced, covered, quiet, not_too_much,
)  # fmt: skip
"""In the order in which a reader would want to know."""
