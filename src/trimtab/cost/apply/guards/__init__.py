"""What must hold before anything is changed: one guard a file, listed here by hand."""

from __future__ import annotations

from trimtab.cost.apply.guards.context import Context, Limits
from trimtab.cost.apply.guards.decide import decide
from trimtab.cost.apply.guards.drifted import hold_drifted

__all__ = ["Context", "Limits", "decide", "hold_drifted"]
