"""Workloads at the end of what they may use, and exporters that are silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.cluster_monitoring.alerts.model import Alert

if TYPE_CHECKING:
    from trimtab.components.cluster_monitoring.alerts.model import Rule
    from trimtab.spec.cluster.monitoring import ClusterMonitoring

_CONTAINER = "namespace, pod, container"
_KUBE = ("kubelet", "kube-state-metrics")


def workload_rules(spec: ClusterMonitoring) -> list[Rule]:
    """Return the saturation rules of the platform's namespaces, and the one over the scrapes."""
    percent = spec.thresholds.saturation_percent
    return [
        Alert(
            "ContainerCpuSaturated",
            f'sum by ({_CONTAINER}) (rate(container_cpu_usage_seconds_total{{container!=""}}[5m])) / '
            f"{_limit('cpu')} * 100 > {percent}",
            "30m",
            "ticket",
            "{{ $labels.container }} of {{ $labels.pod }} uses {{ $value | humanize }} % of its CPU limit",
            "It is throttled. Raise its limit: `trimtab cost recommend` says to what.",
            _KUBE,
        ),
        Alert(
            "ContainerMemorySaturated",
            f'max by ({_CONTAINER}) (container_memory_working_set_bytes{{container!=""}}) / '
            f"{_limit('memory')} * 100 > {percent}",
            "15m",
            "page",
            "{{ $labels.container }} of {{ $labels.pod }} uses {{ $value | humanize }} % of its memory limit",
            "It is killed at 100 %. Raise its limit: `trimtab cost recommend` says to what.",
            _KUBE,
        ),
        Alert(
            "ReplicasAtMaximum",
            "kube_horizontalpodautoscaler_status_current_replicas >= kube_horizontalpodautoscaler_spec_max_replicas "
            "and kube_horizontalpodautoscaler_spec_max_replicas > 1",
            "30m",
            "ticket",
            "{{ $labels.horizontalpodautoscaler }} has run at its maximum of {{ $value }} replicas for half an hour",
            "More load finds no more replicas. Raise maxReplicas, or find out what asks so much.",
            ("kube-state-metrics",),
        ),
        Alert(
            "ExporterDown",
            'max by (namespace, exporter) (up{exporter!=""}) == 0',
            "10m",
            "ticket",
            "Nothing is known of {{ $labels.exporter }} in {{ $labels.namespace }}",
            "None of its targets answers Prometheus; alerts about it are silent. Look at its pods and network policy.",
            ("prometheus",),
        ),
    ]


def _limit(resource: str) -> str:
    return f'max by ({_CONTAINER}) (kube_pod_container_resource_limits{{resource="{resource}"}})'
