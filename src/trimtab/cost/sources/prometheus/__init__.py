"""Prometheus as a source of samples: range queries in slices, over its HTTP API."""

from __future__ import annotations

from trimtab.cost.sources.prometheus.access import Access
from trimtab.cost.sources.prometheus.client import Client, Series
from trimtab.cost.sources.prometheus.source import Prometheus

__all__ = ["Access", "Client", "Prometheus", "Series"]
