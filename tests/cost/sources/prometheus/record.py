"""Recorded series of a small cluster: two days of five minutes, with resets, gaps and a scale to zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.prometheus import Series

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T0 = 1_704_672_000  # 2024-01-08 00:00 UTC, a Monday
STEP = 300
SCRAPES = 2 * 86_400 // 60
END = T0 + 2 * 86_400
GAP = range(T0 + 36_000, T0 + 43_200, 60)
"""Ten to twelve o'clock of the first day: nothing was scraped."""

MIB = 1_048_576
WEB = {"namespace": "ads", "container": "app", "image": "web"}
BUSY, CALM = "web-7d9f8c6b5-abcde", "web-7d9f8c6b5-xyz12"
OTHER = "web-admin-6c5d8b7f9d-k2m4p"
"""A pod of another Deployment whose name begins alike."""
GPU_POD = "llm-predictor-00001-deployment-5f7c8d9b6-q1w2e"


def points(value: Callable[[int], float | None]) -> list[tuple[float, float]]:
    """One scrape a minute, outside the gap; `value` by minute, None: not there."""
    found = ((T0 + 60 * minute, value(minute)) for minute in range(SCRAPES) if T0 + 60 * minute not in GAP)
    return [(at, one) for at, one in found if one is not None]


def gauge(name: str, labels: Mapping[str, str], value: Callable[[int], float | None]) -> Series:
    return Series(name, labels, points(value))


def counter(name: str, labels: Mapping[str, str], per_second: float, reset_every: int) -> Series:
    """A counter that grows steadily and begins again at zero, as after a restart of its container."""
    return gauge(name, labels, lambda minute: 60 * per_second * (minute % reset_every))


def by_day(minute: int) -> float:
    """One on the first day, zero on the second."""
    return 1.0 if minute < 1_440 else 0.0


def cluster() -> list[Series]:
    cpu, memory = "container_cpu_usage_seconds_total", "container_memory_working_set_bytes"
    pool = {"nodepool": "gpu", "resource_type": "nvidia.com/gpu"}
    aside = {"exported_namespace": "ads", "exported_pod": GPU_POD, "namespace": "monitoring", "pod": "dcgm-x"}
    serving = {"namespace": "ads", "deployment": "llm-predictor-00001-deployment"}
    return [
        counter(cpu, {**WEB, "pod": BUSY}, 0.25, 500),
        counter(cpu, {**WEB, "pod": CALM}, 0.1, 100_000),
        counter(cpu, {**WEB, "pod": OTHER}, 3.0, 100_000),
        gauge(memory, {**WEB, "pod": BUSY}, lambda minute: (700 if minute == 1_001 else 400) * MIB),
        gauge(memory, {**WEB, "pod": CALM}, lambda _: 300 * MIB),
        gauge("DCGM_FI_DEV_GPU_UTIL", {**aside, "gpu": "0"}, lambda minute: 60 * by_day(minute) or None),
        gauge("DCGM_FI_DEV_GPU_UTIL", {**aside, "gpu": "1"}, lambda minute: 20 * by_day(minute) or None),
        gauge("kube_deployment_status_replicas", serving, by_day),
        gauge("karpenter_nodes_total_pod_requests", {**pool, "node_name": "n1"}, lambda m: 6 * by_day(m) or None),
        # The node is kept for sixteen hours after the last pod asked for its GPUs.
        gauge("karpenter_nodes_allocatable", {**pool, "node_name": "n1"}, lambda m: 8 if m < 2_400 else None),
        gauge("karpenter_nodepools_limit", pool, lambda _: 32),
        counter("node_cpu_seconds_total", {"mode": "idle", "instance": "10.0.0.1:9100", "cpu": "0"}, 0.7, 900),
        counter("node_cpu_seconds_total", {"mode": "idle", "instance": "10.0.0.1:9100", "cpu": "1"}, 0.9, 900),
        gauge("node_memory_MemAvailable_bytes", {"instance": "10.0.0.1:9100"}, lambda _: 12 * MIB),
        gauge("node_memory_MemTotal_bytes", {"instance": "10.0.0.1:9100"}, lambda _: 16 * MIB),
    ]
