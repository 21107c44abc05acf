"""The report as values: every figure that any of its forms shows, computed once."""

from __future__ import annotations

from trimtab.cost.reports.model.advice import AdviceLine, EditLine, Waiting
from trimtab.cost.reports.model.billed import Billed, BilledGroup, Difference
from trimtab.cost.reports.model.changes import Calibration, ChangeLine
from trimtab.cost.reports.model.gpus import GpuUse
from trimtab.cost.reports.model.lines import Cost, Costing, Line, NotUsed, Usage, Use
from trimtab.cost.reports.model.members import MemberLine
from trimtab.cost.reports.model.outlook import (
    Anomaly,
    Cause,
    DaySpend,
    Forecast,
    MonthDay,
    Outlook,
    Unforeseen,
    WeekOnWeek,
)
from trimtab.cost.reports.model.policy import Policy, PolicyLine, WaiverLine
from trimtab.cost.reports.model.report import Headline, Report
from trimtab.cost.reports.model.spend import Heat, HeatCell, SpendGroup
from trimtab.cost.reports.model.unit_costs import UnitCost

__all__ = [
    "AdviceLine",
    "Anomaly",
    "Billed",
    "BilledGroup",
    "Calibration",
    "Cause",
    "ChangeLine",
    "Cost",
    "Costing",
    "DaySpend",
    "Difference",
    "EditLine",
    "Forecast",
    "GpuUse",
    "Headline",
    "Heat",
    "HeatCell",
    "Line",
    "MemberLine",
    "MonthDay",
    "NotUsed",
    "Outlook",
    "Policy",
    "PolicyLine",
    "Report",
    "SpendGroup",
    "Unforeseen",
    "UnitCost",
    "Usage",
    "Use",
    "Waiting",
    "WaiverLine",
    "WeekOnWeek",
]
