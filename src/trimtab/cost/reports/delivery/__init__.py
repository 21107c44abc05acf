"""Taking a report to where people are: S3, e-mail, Slack, Teams."""

from __future__ import annotations

from trimtab.cost.reports.delivery.parcel import Parcel
from trimtab.cost.reports.delivery.port import Clients, Route
from trimtab.cost.reports.delivery.routes import ROUTES, route_of

__all__ = ["ROUTES", "Clients", "Parcel", "Route", "route_of"]
