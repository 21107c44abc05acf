"""The report as values: every figure that any of its forms shows, computed once."""

from __future__ import annotations

from trimtab.cost.reports.model.advice import AdviceLine, EditLine, Waiting
from trimtab.cost.reports.model.changes import Calibration, ChangeLine
from trimtab.cost.reports.model.lines import Cost, Costing, Line, NotUsed, Usage, Use
from trimtab.cost.reports.model.policy import Policy, PolicyLine, WaiverLine
from trimtab.cost.reports.model.report import Headline, Report
from trimtab.cost.reports.model.spend import Heat, HeatCell, SpendGroup

__all__ = [
    "AdviceLine",
    "Calibration",
    "ChangeLine",
    "Cost",
    "Costing",
    "EditLine",
    "Headline",
    "Heat",
    "HeatCell",
    "Line",
    "NotUsed",
    "Policy",
    "PolicyLine",
    "Report",
    "SpendGroup",
    "Usage",
    "Use",
    "Waiting",
    "WaiverLine",
]
