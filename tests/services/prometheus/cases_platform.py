"""Cases of the alerts about GPUs, queues, workloads and services."""

from __future__ import annotations

from tests.services.prometheus.series import Case, buckets, grew, grows, level

GPU = 'namespace="risk", pod="train-0", container="train", gpu="0", Hostname="node-1", UUID="GPU-1", modelName="H100"'
FREE = 'namespace="", pod="", container="", gpu="0", Hostname="node-1", UUID="GPU-1", modelName="H100"'
C = 'namespace="risk", pod="train-0", container="train"'
HPA = 'namespace="risk", horizontalpodautoscaler="fraud"'
WAIT = "kueue_admission_wait_time_seconds"
QUEUE = 'cluster_queue="gpus", priority_class="high"'
PENDING = 'kueue_pending_workloads{cluster_queue="gpus", status="active"}'
ADMITTED = f"kueue_admitted_workloads_total{{{QUEUE}}}"
EVICTED = 'kueue_evicted_workloads_total{cluster_queue="gpus", reason="Preempted"}'
MLFLOW = 'mlflow_http_request_total{namespace="mlops", method="POST", status='
FEAST = 'feast_feature_server_request_total{namespace="mlops", endpoint="/get-online-features", status='
AGE = 'feast_feature_freshness_seconds{namespace="mlops", feature_view="cards", project="acme"}'


def memory(used: float, free: float) -> dict[str, str]:
    return {f"DCGM_FI_DEV_FB_USED{{{GPU}}}": level(used), f"DCGM_FI_DEV_FB_FREE{{{GPU}}}": level(free)}


def container(metric: str, value: str, resource: str, limit: float) -> dict[str, str]:
    named = f'kube_pod_container_resource_limits{{{C}, resource="{resource}"}}'
    return {f"{metric}{{{C}}}": value, named: level(limit)}


def replicas(current: int, most: int) -> dict[str, str]:
    return {
        f"kube_horizontalpodautoscaler_status_current_replicas{{{HPA}}}": level(current),
        f"kube_horizontalpodautoscaler_spec_max_replicas{{{HPA}}}": level(most),
    }


def answers(prefix: str, good: tuple[str, float], bad: tuple[str, float]) -> dict[str, str]:
    return {f'{prefix}"{status}"}}': grows(rate) for status, rate in (good, bad)}


CPU, MEMORY = "container_cpu_usage_seconds_total", "container_memory_working_set_bytes"
PLATFORM: dict[str, tuple[Case, ...]] = {
    "GpuIdle": (
        Case(
            {f"DCGM_FI_DEV_GPU_UTIL{{{GPU}}}": level(2)},
            ({f"DCGM_FI_DEV_GPU_UTIL{{{GPU}}}": level(60)}, {f"DCGM_FI_DEV_GPU_UTIL{{{FREE}}}": level(0)}),
        ),
    ),
    "GpuMemoryFull": (Case(memory(78_000, 2_000), (memory(40_000, 40_000),)),),
    "GpuXidError": (
        Case(
            {f"DCGM_FI_DEV_XID_ERRORS{{{GPU}}}": f"{level(0, 175)} {level(79, 60)}"},
            # The gauge keeps the number of an error of hours ago.
            ({f"DCGM_FI_DEV_XID_ERRORS{{{GPU}}}": level(79)}, {f"DCGM_FI_DEV_XID_ERRORS{{{GPU}}}": level(0)}),
        ),
    ),
    "GpuUncorrectableMemory": (
        Case(
            {f"DCGM_FI_DEV_ECC_DBE_VOL_TOTAL{{{GPU}}}": f"{level(0, 170)} {level(1, 60)}"},
            ({f"DCGM_FI_DEV_ECC_DBE_VOL_TOTAL{{{GPU}}}": level(1)},),
        ),
    ),
    "QueueWaitLong": (
        Case(
            buckets(WAIT, QUEUE, {"3600": 1, "10240": 10, "+Inf": 10}),
            (buckets(WAIT, QUEUE, {"3600": 10, "10240": 10, "+Inf": 10}),),
        ),
    ),
    "QueueStuck": (
        Case(
            {PENDING: level(3), ADMITTED: level(7)},
            ({PENDING: level(3), ADMITTED: grows(1)}, {PENDING: level(0), ADMITTED: level(7)}),
        ),
        Case({PENDING: level(3)}, ({PENDING.replace("active", "inadmissible"): level(3)},)),
    ),
    "QueueEvicts": (Case({EVICTED: grows(1)}, ({EVICTED: grows(0.05)}, {EVICTED: grew(10, 60)})),),
    "ContainerCpuSaturated": (
        Case(container(CPU, grows(57), "cpu", 1), (container(CPU, grows(30), "cpu", 1),)),
        Case(container(CPU, grows(115), "cpu", 2), (container(CPU, grows(57), "cpu", 2),)),
    ),
    "ContainerMemorySaturated": (
        Case(container(MEMORY, level(950), "memory", 1000), (container(MEMORY, level(500), "memory", 1000),)),
    ),
    "ReplicasAtMaximum": (Case(replicas(4, 4), (replicas(3, 4), replicas(1, 1))),),
    "ExporterDown": (
        Case(
            {'up{namespace="mlops", exporter="mlflow", job="a", instance="1"}': level(0)},
            (
                {
                    'up{namespace="mlops", exporter="mlflow", job="a", instance="1"}': level(0),
                    'up{namespace="mlops", exporter="mlflow", job="a", instance="2"}': level(1),
                },
                {'up{namespace="mlops", job="somebody-elses", instance="1"}': level(0)},
            ),
        ),
    ),
    "RegistryFails": (
        Case(
            answers(MLFLOW, ("200", 90), ("500", 10)),
            (answers(MLFLOW, ("200", 99), ("500", 1)), answers(MLFLOW, ("200", 50), ("404", 50))),
        ),
    ),
    "FeaturesFail": (
        Case(answers(FEAST, ("success", 90), ("error", 10)), (answers(FEAST, ("success", 99), ("error", 1)),)),
    ),
    "FeaturesStale": (Case({AGE: level(9000)}, ({AGE: level(3600)},)),),
}
