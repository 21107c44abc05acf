"""The report's plots, as SVG with real text in the page's own colours and font."""

from __future__ import annotations

from trimtab.cost.reports.plots.gpus import gpu_plot
from trimtab.cost.reports.plots.heat import heat_map
from trimtab.cost.reports.plots.month import month_plot
from trimtab.cost.reports.plots.promises import promises
from trimtab.cost.reports.plots.spend import spend_bars
from trimtab.cost.reports.plots.trace import trace

__all__ = ["gpu_plot", "heat_map", "month_plot", "promises", "spend_bars", "trace"]
