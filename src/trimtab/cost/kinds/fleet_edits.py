"""A fleet's plan in the fields that components register for counts and autoscaling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds.edits import set_numbers
from trimtab.cost.kinds.floor_edits import floor_edit
from trimtab.cost.model import FleetTarget

if TYPE_CHECKING:
    from trimtab.cost.model import Autoscale, Resource, SpecEdit, Target

_FLOOR = ("minNodes", "minInstances", "minReplicas", "minCopies", "minCapacity")
_CEILING = ("maxNodes", "maxInstances", "maxReplicas", "maxCopies", "maxCapacity")
_TARGETS = frozenset({"percent", "invocationsPerMinute"})
"""Units of targets, which are rounded down: a lower one holds more."""
_COUNT = ("nodes", "instances", "replicas", "instanceCount", "initialInstanceCount", "desiredNodes")


def fleet_edits(resource: Resource, target: Target) -> tuple[SpecEdit, ...]:
    """Return the edits that carry floor, ceiling, floors by hour, autoscaling target and wait.

    A declaration without autoscaling has only a count: that becomes the ceiling, which is enough for the
    worst moment seen.
    """
    if not isinstance(target, FleetTarget):
        return ()
    plan = target.replicas
    wanted: dict[str, float] = {**dict.fromkeys(_FLOOR, plan.min), **dict.fromkeys(_CEILING, plan.max)}
    names = {field.name for field in resource.fields}
    if not names & {*_FLOOR, *_CEILING}:
        wanted |= dict.fromkeys(_COUNT, plan.max)
    wanted |= _scaler(resource, plan.autoscale)
    lower = frozenset(field.name for field in resource.fields if field.unit in _TARGETS)
    edits = set_numbers(resource, wanted, lower)
    floors = floor_edit(resource, plan, edits)
    return (*edits, floors) if floors else edits


def _scaler(resource: Resource, scaler: Autoscale | None) -> dict[str, float]:
    """Return target and wait by field: a fleet has one scaler, so its units say which is which."""
    if scaler is None:
        return {}
    by_unit: dict[str, float] = {
        "percent": scaler.target_percent,
        "minutes": scaler.scale_down_after_minutes,
        "seconds": scaler.scale_down_after_minutes * 60,
    }
    if resource.full_invocations is not None:
        by_unit["invocationsPerMinute"] = resource.full_invocations * scaler.target_percent / 100
    return {field.name: by_unit[field.unit] for field in resource.fields if field.unit in by_unit}
