"""The exporters that rules and dashboards may draw on, as data."""

from __future__ import annotations

from trimtab.components.cluster_monitoring.exporters.cluster import KUBELET, SCRAPES, STATE
from trimtab.components.cluster_monitoring.exporters.gpu import DCGM, counters_file
from trimtab.components.cluster_monitoring.exporters.model import Exporter, Metric, Target
from trimtab.components.cluster_monitoring.exporters.services import DRIFT, FEAST, KUEUE, MLFLOW
from trimtab.components.cluster_monitoring.exporters.serving import KSERVE, MLSERVER, MODEL, RAY, TRITON, VLLM

EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (DCGM, VLLM, KSERVE, TRITON, MLSERVER, RAY, KUEUE, MLFLOW, FEAST, DRIFT, KUBELET, STATE, SCRAPES)
}
"""Name → exporter."""
ALWAYS = frozenset({KUBELET.name, STATE.name, SCRAPES.name})
"""Exporters that a cluster with the Prometheus operator has of itself."""

__all__ = ["ALWAYS", "EXPORTERS", "MODEL", "Exporter", "Metric", "Target", "counters_file"]
