"""The drift service."""

from __future__ import annotations

from trimtab.components.cluster_monitoring.drift.service import drift_service

__all__ = ["drift_service"]
