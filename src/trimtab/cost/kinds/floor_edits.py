"""Floors by hour of the week in the field that carries them, beside the floor and ceiling that are set with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds.edits import edit
from trimtab.spec.hourly_floors import FIELD, NO_FLOORS, constant, highest, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trimtab.cost.model import Replicas, Resource, SpecEdit
    from trimtab.spec.sizing import SizingField


def floors_field(resource: Resource) -> SizingField | None:
    """Return the field of the declaration that carries floors by hour, where it has one."""
    return next((field for field in resource.fields if field.name == FIELD), None)


def floor_edit(resource: Resource, plan: Replicas, others: Iterable[SpecEdit]) -> SpecEdit | None:
    """Return the edit that sets the floors by hour; None where they are there already or cannot be carried.

    A plan without them leaves a declaration without them alone. One that has some gets its new floor for the whole
    week instead of none: the action that sets it each night is what takes back what the last of the old ones set.

    Args:
        resource: whose floors are set.
        plan: what is wanted.
        others: the edits beside it, which set the floor and the ceiling that must agree with it.
    """
    field = floors_field(resource)
    if field is None:
        return None
    set_to = {one.name: one.after for one in others}
    least = _number(resource, set_to, "min", plan.min)
    most = min(_number(resource, set_to, "max", plan.max), _highest_step(field))
    if plan.hourly is None:
        return edit(field, field.current if field.current == NO_FLOORS else constant(max(1, min(least, most))))
    return edit(field, written([min(floor, most) for floor in plan.hourly], least))


def _number(resource: Resource, set_to: Mapping[str, object], prefix: str, otherwise: int) -> int:
    """Return the bound that will be declared: as it is set, else as it stands."""
    for field in resource.fields:
        if field.name.startswith(prefix) and field.unit != "hourlyFloors":
            value = set_to.get(field.name, field.current)
            return value if isinstance(value, int) else otherwise
    return otherwise


def _highest_step(field: SizingField) -> int:
    """Return the most that one window may hold."""
    return max(highest(str(step)) for step in field.allowed)
