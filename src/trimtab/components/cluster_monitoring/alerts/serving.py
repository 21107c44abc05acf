"""Served models that are slow, that queue, and that cannot grow any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.cluster_monitoring.alerts.model import Alert
from trimtab.components.cluster_monitoring.servers import SERVERS, latency

if TYPE_CHECKING:
    from trimtab.components.cluster_monitoring.alerts.model import Rule
    from trimtab.spec.cluster.monitoring import ClusterMonitoring
    from trimtab.spec.cluster.monitoring_objectives import Objective


def serving_rules(spec: ClusterMonitoring) -> list[Rule]:
    """Return the latency rule of every objective, and the saturation rules of vLLM."""
    limits = spec.thresholds
    return [
        *(_slow(objective) for objective in spec.objectives if SERVERS[objective.server].latency),
        Alert(
            "ModelQueues",
            "avg by (namespace, model, pod) (avg_over_time(vllm:num_requests_waiting[5m]))"
            f" > {limits.requests_waiting}",
            "5m",
            "page",
            "{{ $value | humanize }} requests wait in {{ $labels.pod }} of {{ $labels.model }}",
            "More replicas are needed than there are: raise maxReplicas, or see why new ones do not start.",
            ("vllm",),
        ),
        Alert(
            "ModelCacheFull",
            f"max by (namespace, model, pod) (vllm:kv_cache_usage_perc) * 100 > {limits.saturation_percent}",
            "10m",
            "ticket",
            "The KV cache of {{ $labels.pod }} of {{ $labels.model }} is {{ $value | humanize }} % full",
            "Requests are preempted and computed again. Shorten the context, or give the model more GPU memory.",
            ("vllm",),
        ),
    ]


def _slow(objective: Objective) -> Alert:
    return Alert(
        "ModelSlow",
        f"{latency(objective, '5m')} > {objective.latency_ms / 1000:g}",
        "10m",
        "page",
        f"{{{{ $labels.model }}}} takes {{{{ $value | humanizeDuration }}}} at the {objective.latency_percentile:g}th "
        "percentile",
        f"Its objective is {objective.latency_ms} ms. Look at what waits, at its GPUs, and at the newest version.",
        (objective.server,),
        {"model": objective.model},
    )
