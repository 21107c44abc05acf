"""GPUs that idle, that fail, and whose memory is full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.cluster_monitoring.alerts.model import Alert

if TYPE_CHECKING:
    from trimtab.components.cluster_monitoring.alerts.model import Rule
    from trimtab.spec.cluster.monitoring import ClusterMonitoring

_WHOSE = "namespace, pod, gpu, Hostname"


def gpu_rules(spec: ClusterMonitoring) -> list[Rule]:
    """Return the rules over DCGM's metrics."""
    limits = spec.thresholds
    used = "DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE)"
    return [
        Alert(
            "GpuIdle",
            # Only while a pod holds it: an unallocated GPU is the node's matter, and consolidation's.
            f'max by ({_WHOSE}) (avg_over_time(DCGM_FI_DEV_GPU_UTIL{{pod!=""}}[{limits.gpu_idle_minutes}m]))'
            f" < {limits.gpu_idle_percent}",
            f"{limits.gpu_idle_minutes}m",
            "ticket",
            "{{ $labels.pod }} holds GPU {{ $labels.gpu }} of {{ $labels.Hostname }} and does nothing",
            "Its utilisation is {{ $value | humanize }} %. End the job, or give it a share of a GPU.",
            ("dcgm",),
        ),
        Alert(
            "GpuMemoryFull",
            f'max by ({_WHOSE}) ({used} and DCGM_FI_DEV_FB_USED{{pod!=""}}) * 100 > {limits.saturation_percent}',
            "15m",
            "ticket",
            "The memory of GPU {{ $labels.gpu }} of {{ $labels.pod }} is {{ $value | humanize }} % full",
            "The next larger batch or longer prompt may fail. Lower the batch, or take a GPU with more memory.",
            ("dcgm",),
        ),
        Alert(
            "GpuXidError",
            # The gauge keeps the last error's number, so only a change of it is news.
            f"max by ({_WHOSE}) (DCGM_FI_DEV_XID_ERRORS) > 0 and max by ({_WHOSE}) "
            "(changes(DCGM_FI_DEV_XID_ERRORS[15m])) > 0",
            "0m",
            "ticket",
            "GPU {{ $labels.gpu }} of {{ $labels.Hostname }} reports XID error {{ $value }}",
            "NVIDIA's XID catalogue says what it means; many ask for a drained and restarted node.",
            ("dcgm",),
        ),
        Alert(
            "GpuUncorrectableMemory",
            f"max by ({_WHOSE}) (increase(DCGM_FI_DEV_ECC_DBE_VOL_TOTAL[1h])) > 0",
            "0m",
            "page",
            "GPU {{ $labels.gpu }} of {{ $labels.Hostname }} has uncorrectable memory errors",
            "What was computed on it since cannot be trusted. Drain the node.",
            ("dcgm",),
        ),
    ]
