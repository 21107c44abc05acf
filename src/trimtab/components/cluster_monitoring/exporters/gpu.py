"""GPUs: NVIDIA's DCGM exporter, and the list of counters that it is told to read."""

from __future__ import annotations

from trimtab.components.cluster_monitoring.exporters.model import Exporter, Metric, Target, counter, gauge

_GPU = ("gpu", "UUID", "modelName", "Hostname", "namespace", "pod", "container")

DCGM = Exporter(
    "dcgm",
    "https://docs.nvidia.com/datacenter/dcgm/latest/dcgm-api/dcgm-api-field-ids.html",
    (
        gauge("DCGM_FI_DEV_GPU_UTIL", *_GPU, unit="%"),
        gauge("DCGM_FI_DEV_MEM_COPY_UTIL", *_GPU, unit="%"),
        gauge("DCGM_FI_DEV_FB_USED", *_GPU, unit="MiB"),
        gauge("DCGM_FI_DEV_FB_FREE", *_GPU, unit="MiB"),
        gauge("DCGM_FI_DEV_GPU_TEMP", *_GPU, unit="°C"),
        gauge("DCGM_FI_DEV_POWER_USAGE", *_GPU, unit="W"),
        gauge("DCGM_FI_DEV_XID_ERRORS", *_GPU),
        gauge("DCGM_FI_PROF_GR_ENGINE_ACTIVE", *_GPU, unit="ratio"),
        gauge("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", *_GPU, unit="ratio"),
        gauge("DCGM_FI_PROF_DRAM_ACTIVE", *_GPU, unit="ratio"),
        counter("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", *_GPU, unit="mJ"),
        counter("DCGM_FI_DEV_ECC_DBE_VOL_TOTAL", *_GPU),
    ),
    Target(
        "services",
        {"app.kubernetes.io/name": "dcgm-exporter"},
        ("metrics",),
        honor_labels=True,
    ),
)


def counters_file() -> str:
    """Return the exporter's list of counters: `field, Prometheus type, help`, a line each.

    It is mounted by the exporter's chart (`customMetrics`, or a ConfigMap with the key `metrics`).
    """
    return "".join(f"{metric.name}, {metric.type}, {_help(metric)}\n" for metric in DCGM.metrics)


def _help(metric: Metric) -> str:
    words = metric.name.removeprefix("DCGM_FI_").replace("_", " ").lower()
    return f"{words} in {metric.unit}." if metric.unit != "1" else f"{words}."
