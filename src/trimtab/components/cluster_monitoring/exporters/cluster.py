"""What every cluster with the Prometheus operator has: its own kubelets and kube-state-metrics."""

from __future__ import annotations

from trimtab.components.cluster_monitoring.exporters.model import Exporter, counter, gauge

_CONTAINER = ("namespace", "pod", "container")

KUBELET = Exporter(
    "kubelet",
    "https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md",
    (
        counter("container_cpu_usage_seconds_total", *_CONTAINER, unit="s"),
        gauge("container_memory_working_set_bytes", *_CONTAINER, unit="B"),
    ),
)
STATE = Exporter(
    "kube-state-metrics",
    "https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics",
    (
        gauge("kube_pod_container_resource_limits", *_CONTAINER, "resource", "unit"),
        gauge("kube_pod_container_resource_requests", *_CONTAINER, "resource", "unit"),
        gauge("kube_pod_status_ready", "namespace", "pod", "condition"),
        gauge("kube_deployment_status_replicas", "namespace", "deployment"),
        gauge("kube_horizontalpodautoscaler_status_current_replicas", "namespace", "horizontalpodautoscaler"),
        gauge("kube_horizontalpodautoscaler_spec_max_replicas", "namespace", "horizontalpodautoscaler"),
        gauge("kube_cronjob_status_last_successful_time", "namespace", "cronjob", unit="s"),
        gauge("kube_job_status_failed", "namespace", "job_name", "reason"),
    ),
)
SCRAPES = Exporter(
    "prometheus",
    "https://prometheus.io/docs/concepts/jobs_instances/",
    (gauge("up", "job", "instance"),),
)
