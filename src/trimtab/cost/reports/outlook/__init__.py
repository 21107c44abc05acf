"""Money over time: from units by hour to a forecast, a comparison and what was out of the ordinary."""

from __future__ import annotations

from trimtab.cost.reports.outlook.assemble import Seen, outlook

__all__ = ["Seen", "outlook"]
