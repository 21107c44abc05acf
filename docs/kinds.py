"""The page of the kinds that the analyser sizes, from their registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds import KINDS, Shape
from trimtab.cost.sizing.budgets import FLEET_BUDGET, MACHINE_BUDGET

if TYPE_CHECKING:
    from trimtab.cost.kinds import Demand, Kind

SHAPES = {
    Shape.MACHINE: "one at a time, by a fraction of its capacity; every metric below must fit",
    Shape.FLEET: "interchangeable units, by the sum of their demand; the first metric below that was measured counts",
}


def kinds_page() -> str:
    """Return the page: what each kind measures, how it is sized and priced, what is never crossed."""
    lines = ["# Kinds of resources that are sized", "", "Written by `make docs` from `src/trimtab/cost/kinds`.", ""]
    for kind in KINDS.values():
        lines += _section(kind)
    return "\n".join(lines)


def _section(kind: Kind) -> list[str]:
    budgets = MACHINE_BUDGET if kind.shape is Shape.MACHINE else FLEET_BUDGET
    allowed = ", ".join(f"{name} {share:.2%}" for name, share in budgets.items())
    return [
        f"## {kind.id}",
        "",
        f"{kind.title}. {kind.never_cross}",
        "",
        f"- Sized: {SHAPES[kind.shape]}.",
        f"- Unit: {kind.unit}; priced by the {kind.service} price list.",
        f"- Samples that may lie over the advised capacity, by service class: {allowed}.",
        "",
        "| metric in usage files | CloudWatch | one unit is full at |",
        "|---|---|---|",
        *(_row(demand) for demand in kind.demands),
        "",
    ]


def _row(demand: Demand) -> str:
    cloud = f"`{demand.cloud.namespace}` {demand.cloud.name}" if demand.cloud else "not read"
    full = "the inventory's `unit_capacity`" if demand.full is None else f"{demand.full:g}"
    return f"| `{demand.metric}` | {cloud} | {full} |"
