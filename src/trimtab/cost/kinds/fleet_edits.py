"""A fleet's plan in the fields that components register for counts and autoscaling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds.edits import set_numbers
from trimtab.cost.model import FleetTarget

if TYPE_CHECKING:
    from trimtab.cost.model import Resource, SpecEdit, Target

_FLOOR = ("minNodes", "minInstances", "minReplicas", "minCapacity")
_CEILING = ("maxNodes", "maxInstances", "maxReplicas", "maxCapacity")
_COUNT = ("nodes", "instances", "replicas", "instanceCount", "initialInstanceCount", "desiredNodes")
_TARGET = ("targetPercent", "targetUtilizationPercent")
_WAIT = ("scaleDownAfterMinutes", "scaleInAfterMinutes")


def fleet_edits(resource: Resource, target: Target) -> tuple[SpecEdit, ...]:
    """Return the edits that carry floor, ceiling, autoscaling target and wait.

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
    if plan.autoscale:
        wanted |= dict.fromkeys(_TARGET, plan.autoscale.target_percent)
        wanted |= dict.fromkeys(_WAIT, plan.autoscale.scale_down_after_minutes)
    return set_numbers(resource, wanted, frozenset(_TARGET))
