"""Kueue: work that waits for quota."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.cluster_monitoring.alerts.model import Alert

if TYPE_CHECKING:
    from trimtab.components.cluster_monitoring.alerts.model import Rule
    from trimtab.spec.cluster.monitoring import ClusterMonitoring

MOST_EVICTIONS = 5
"""Evictions of one queue in an hour that are still ordinary preemption."""


def queue_rules(spec: ClusterMonitoring) -> list[Rule]:
    """Return the rules over Kueue's metrics."""
    minutes = spec.thresholds.queue_wait_minutes
    return [
        Alert(
            "QueueWaitLong",
            "histogram_quantile(0.9, sum by (cluster_queue, le) (rate(kueue_admission_wait_time_seconds_bucket[1h])))"
            f" > {minutes * 60}",
            "10m",
            "ticket",
            "One of ten workloads of {{ $labels.cluster_queue }} waits {{ $value | humanizeDuration }} for admission",
            "Raise the queue's quota, let it borrow from its cohort, or spread the work over the day.",
            ("kueue",),
        ),
        Alert(
            "QueueStuck",
            'sum by (cluster_queue) (kueue_pending_workloads{status="active"}) > 0 unless '
            f"sum by (cluster_queue) (increase(kueue_admitted_workloads_total[{minutes}m])) > 0",
            f"{minutes}m",
            "page",
            "{{ $value }} workloads of {{ $labels.cluster_queue }} wait and none was admitted",
            "Ask for more than the quota, a missing flavor or no node of the pool: `kubectl describe clusterqueue`.",
            ("kueue",),
        ),
        Alert(
            "QueueEvicts",
            f"sum by (cluster_queue, reason) (increase(kueue_evicted_workloads_total[1h])) > {MOST_EVICTIONS}",
            "0m",
            "ticket",
            "{{ $labels.cluster_queue }} lost {{ $value | humanize }} workloads in an hour: {{ $labels.reason }}",
            "Work that is evicted again and again pays for GPUs and finishes nothing. Look at priorities and quota.",
            ("kueue",),
        ),
    ]
