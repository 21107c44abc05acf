"""From the analyser's values to the report: pure functions, one section each."""

from __future__ import annotations

from trimtab.cost.reports.build.assemble import build
from trimtab.cost.reports.build.inputs import Bill, Inputs, Week

__all__ = ["Bill", "Inputs", "Week", "build"]
