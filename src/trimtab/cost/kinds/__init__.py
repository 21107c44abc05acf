"""What can be sized: one file a kind, gathered by hand in `registry`."""

from __future__ import annotations

from trimtab.cost.kinds.base import CloudMetric, CloudType, Demand, Kind, Shape
from trimtab.cost.kinds.registry import KINDS, groups

__all__ = ["KINDS", "CloudMetric", "CloudType", "Demand", "Kind", "Shape", "groups"]
