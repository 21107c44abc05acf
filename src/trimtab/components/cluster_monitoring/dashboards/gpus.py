"""GPUs: who holds them, what they do, what the queues wait for."""

from __future__ import annotations

from trimtab.components.cluster_monitoring.dashboards.panels import Board, Panel, Query

_HELD = '{pod!=""}'
_DCGM, _KUEUE = ("dcgm",), ("kueue",)


def gpu_board() -> Board:
    """Return the dashboard of GPUs and queues."""
    return Board(
        "gpus",
        "GPUs and queues",
        (
            Panel("GPUs held by pods", "short", (Query(f"count(DCGM_FI_DEV_GPU_UTIL{_HELD})"),), _DCGM, number=True),
            Panel(
                "Of them busy", "percent", (Query(f"avg(DCGM_FI_DEV_GPU_UTIL{_HELD})"),), _DCGM, number=True, most=100
            ),
            Panel("Power", "watt", (Query("sum(DCGM_FI_DEV_POWER_USAGE)"),), _DCGM, number=True),
            Panel(
                "Workloads that wait",
                "short",
                (Query('sum(kueue_pending_workloads{status="active"})'),),
                _KUEUE,
                number=True,
            ),
            *_gpu_graphs(),
            *_queue_graphs(),
        ),
    )


def _gpu_graphs() -> tuple[Panel, ...]:
    used, free = "DCGM_FI_DEV_FB_USED", "DCGM_FI_DEV_FB_FREE"
    share = f"sum by (namespace, pod) ({used}{_HELD}) / sum by (namespace, pod) ({used}{_HELD} + {free}{_HELD})"
    pod = "{{namespace}}/{{pod}}"
    return (
        Panel(
            "Utilisation by pod",
            "percent",
            (Query(f"avg by (namespace, pod) (DCGM_FI_DEV_GPU_UTIL{_HELD})", pod),),
            _DCGM,
            most=100,
        ),
        Panel(
            "Tensor cores active",
            "percentunit",
            (Query(f"avg by (namespace, pod) (DCGM_FI_PROF_PIPE_TENSOR_ACTIVE{_HELD})", pod),),
            _DCGM,
            most=1,
        ),
        Panel("GPU memory used", "percentunit", (Query(share, pod),), _DCGM, most=1),
        Panel(
            "Temperature",
            "celsius",
            (Query("max by (Hostname, gpu) (DCGM_FI_DEV_GPU_TEMP)", "{{Hostname}} {{gpu}}"),),
            _DCGM,
        ),
    )


def _queue_graphs() -> tuple[Panel, ...]:
    gpu = 'resource="nvidia.com/gpu"'
    wait = "sum by (cluster_queue, le) (rate(kueue_admission_wait_time_seconds_bucket[1h]))"
    queue = "{{cluster_queue}}"
    return (
        Panel("Wait for admission, nine of ten", "s", (Query(f"histogram_quantile(0.9, {wait})", queue),), _KUEUE),
        Panel(
            "GPU quota",
            "short",
            (
                Query(f"sum by (cluster_queue) (kueue_cluster_queue_resource_usage{{{gpu}}})", f"used {queue}"),
                Query(f"sum by (cluster_queue) (kueue_cluster_queue_nominal_quota{{{gpu}}})", f"quota {queue}"),
            ),
            _KUEUE,
        ),
        Panel(
            "Evictions an hour",
            "short",
            (
                Query(
                    "sum by (cluster_queue, reason) (increase(kueue_evicted_workloads_total[1h]))",
                    f"{queue} {{{{reason}}}}",
                ),
            ),
            _KUEUE,
        ),
        Panel(
            "Active workloads",
            "short",
            (Query("sum by (cluster_queue) (kueue_admitted_active_workloads)", queue),),
            _KUEUE,
        ),
    )
