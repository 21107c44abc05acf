"""A target in words: the same in tables, reasons, reports and pull requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import MachineTarget, RequestsTarget
from trimtab.cost.sizing.requests import written

if TYPE_CHECKING:
    from trimtab.cost.model import Recommendation, Replicas


def said(advice: Recommendation) -> str:
    """Say what is advised in a few words: `3 to 25 replicas at 68 %, down after 20 min`."""
    target = advice.target
    if isinstance(target, MachineTarget):
        return "as it is" if target.capacity_fraction == 1 else f"1/{1 / target.capacity_fraction:g} of capacity"
    if isinstance(target, RequestsTarget):
        return written(target.requests)
    return plan_said(target.replicas, KINDS[advice.lead.kind].unit)


def plan_said(plan: Replicas, unit: str) -> str:
    """Say a fleet's plan in a few words.

    Args:
        plan: the plan.
        unit: what is counted, in the plural.
    """
    count = f"{plan.min} to {plan.max}" if plan.min != plan.max else f"{plan.max}"
    words = f"{count} {unit if plan.max != 1 else unit.removesuffix('s')}"
    if plan.autoscale:
        auto = plan.autoscale
        words += f" at {auto.target_percent:g} %, down after {auto.scale_down_after_minutes:g} min"
    return f"{words}, floors by hour" if plan.hourly else words
