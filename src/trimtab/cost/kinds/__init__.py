"""What can be sized: one file a kind, gathered by hand in `registry`."""

from __future__ import annotations

from trimtab.cost.kinds.base import CloudMetric, CloudType, Demand, Kind, PromQuery, Scaling, Shape
from trimtab.cost.kinds.registry import KINDS, REQUESTING, billed_units, groups

__all__ = [
    "KINDS",
    "REQUESTING",
    "CloudMetric",
    "CloudType",
    "Demand",
    "Kind",
    "PromQuery",
    "Scaling",
    "Shape",
    "billed_units",
    "groups",
]
