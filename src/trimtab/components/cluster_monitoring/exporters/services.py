"""Services of the platform: queues, registry, features, drift."""

from __future__ import annotations

from trimtab.components.cluster_monitoring.exporters.model import Exporter, Target, counter, gauge, histogram

KUEUE = Exporter(
    "kueue",
    "https://kueue.sigs.k8s.io/docs/reference/metrics/",
    (
        gauge("kueue_pending_workloads", "cluster_queue", "status"),
        gauge("kueue_admitted_active_workloads", "cluster_queue"),
        counter("kueue_admitted_workloads_total", "cluster_queue", "priority_class"),
        counter("kueue_evicted_workloads_total", "cluster_queue", "reason"),
        histogram("kueue_admission_wait_time_seconds", "cluster_queue", "priority_class"),
        gauge("kueue_cluster_queue_resource_usage", "cohort", "cluster_queue", "flavor", "resource"),
        gauge("kueue_cluster_queue_nominal_quota", "cohort", "cluster_queue", "flavor", "resource"),
    ),
    Target(
        "services",
        {"app.kubernetes.io/name": "kueue", "app.kubernetes.io/component": "metrics-service"},
        ("https",),
        scheme="https",
    ),
)
MLFLOW = Exporter(
    "mlflow",
    "mlflow 3.17, mlflow/server/prometheus_exporter.py; tests/services/test_mlflow_server.py reads them",
    (
        counter("mlflow_http_request_total", "method", "status"),
        # Grouped by the version of MLflow: its own exporter names that function.
        histogram("mlflow_http_request_duration_seconds", "method", "mlflow_version", "status"),
    ),
    Target("services", {"trimtab.dev/component": "MLflow"}, ("metrics",)),
)
FEAST = Exporter(
    "feast",
    "feast 0.67, feast/metrics.py (feast serve --metrics); tests/services/test_feast_store.py reads them",
    (
        counter("feast_feature_server_request_total", "endpoint", "status"),
        histogram("feast_feature_server_request_latency_seconds", "endpoint", "feature_count", "feature_view_count"),
        gauge("feast_feature_freshness_seconds", "feature_view", "project", unit="s"),
    ),
    Target("services", {"trimtab.dev/component": "Feast"}, ("metrics",)),
)
DRIFT = Exporter(
    "drift",
    "drift/check.py, the drift service of this component",
    (
        gauge("trimtab_drift_share", "model", unit="ratio"),
        gauge("trimtab_drift_score", "model", "column"),
        gauge("trimtab_drift_rows", "model", unit="rows"),
        gauge("trimtab_drift_checked_timestamp_seconds", "model", unit="s"),
        gauge("trimtab_drift_failed", "model"),
    ),
    Target("services", {"trimtab.dev/component": "ClusterMonitoring"}, ("metrics",)),
)
