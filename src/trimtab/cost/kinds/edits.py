"""From a target to the fields of a declaration that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.model import SpecEdit
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.cost.model import Resource
    from trimtab.spec.sizing import SizingField


def edit(field: SizingField, after: int | str) -> SpecEdit | None:
    """Return the edit that sets `field`, or None where it is there already or the stack cannot carry it."""
    if field.spec_path is None or after == field.current:
        return None
    return SpecEdit(name=field.name, spec_path=field.spec_path, unit=field.unit, before=field.current, after=after)


def allowed_at_least(field: SizingField, wanted: float) -> int | None:
    """Return the smallest allowed number that is at least `wanted`; else the largest allowed one."""
    steps = sorted(step for step in field.allowed if isinstance(step, int))
    return next((step for step in steps if step >= wanted), steps[-1] if steps else None)


def allowed_at_most(field: SizingField, wanted: float) -> int | None:
    """Return the largest allowed number that is at most `wanted`; else the smallest allowed one."""
    steps = sorted((step for step in field.allowed if isinstance(step, int)), reverse=True)
    return next((step for step in steps if step <= wanted), steps[-1] if steps else None)


def set_numbers(
    resource: Resource, wanted: Mapping[str, float], lower_is_safer: frozenset[str] = frozenset()
) -> tuple[SpecEdit, ...]:
    """Set each named field to the allowed number nearest on the safe side of what is wanted.

    Args:
        resource: whose fields are set.
        wanted: field name → number.
        lower_is_safer: fields (a utilisation target) that are rounded down; all others are rounded up.
    """
    edits = []
    for field in resource.fields:
        if field.name not in wanted or field.unit == "instanceType":
            continue
        choose = allowed_at_most if field.name in lower_is_safer else allowed_at_least
        step = choose(field, wanted[field.name])
        change = None if step is None else edit(field, step)
        if change:
            edits.append(change)
    return tuple(edits)


def set_units(resource: Resource, wanted: Mapping[str, float]) -> tuple[SpecEdit, ...]:
    """Set each field whose unit is named to the smallest allowed number that is enough.

    Args:
        resource: whose fields are set.
        wanted: unit (`millicores`) → number.
    """
    names = {field.name: wanted[field.unit] for field in resource.fields if field.unit in wanted}
    return set_numbers(resource, names)


def set_instance_type(resource: Resource, fraction: float) -> tuple[SpecEdit, ...]:
    """Set the smallest allowed instance type with at least `fraction` of today's vCPUs and memory."""
    field = next((field for field in resource.fields if field.unit == "instanceType"), None)
    now = shape(resource.instance_type)
    if field is None or now is None:
        return ()
    for candidate in field.allowed:
        size = shape(str(candidate))
        if (
            size is not None
            and size.vcpu >= now.vcpu * fraction
            and size.memory_gib >= now.memory_gib * fraction
            and size.gpus == now.gpus
        ):
            change = edit(field, candidate)
            return (change,) if change else ()
    return ()
