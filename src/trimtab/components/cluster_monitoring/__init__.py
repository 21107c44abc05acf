"""What watches a cluster."""

from __future__ import annotations

from trimtab.components.cluster_monitoring.args import ClusterMonitoringArgs, RetrainingTrigger
from trimtab.components.cluster_monitoring.component import ClusterMonitoring

__all__ = ["ClusterMonitoring", "ClusterMonitoringArgs", "RetrainingTrigger"]
