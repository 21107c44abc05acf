"""How many units ran in each hour of the past weeks, from where the metrics are."""

from __future__ import annotations

from trimtab.cost.reports.history.both import unit_history
from trimtab.cost.reports.history.cloudwatch import from_cloudwatch
from trimtab.cost.reports.history.file import from_file
from trimtab.cost.reports.history.prometheus import from_prometheus
from trimtab.cost.reports.history.units import DAYS, UnitHistory, of_points

__all__ = ["DAYS", "UnitHistory", "from_cloudwatch", "from_file", "from_prometheus", "of_points", "unit_history"]
