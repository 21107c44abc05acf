"""One container of a Kubernetes workload, sized by what it requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.kinds.base import Demand, Kind, PromQuery, Shape
from trimtab.cost.kinds.edits import set_units
from trimtab.cost.kinds.node_share import share_of_node
from trimtab.cost.model import RequestsTarget

if TYPE_CHECKING:
    from trimtab.cost.model import Resource, SpecEdit, Target

CPU, MEMORY = "cpu_used_millicores", "memory_used_mib"
GPU, GPU_MEMORY = "gpu_utilization_percent", "gpu_memory_used_mib"

_LABELS = 'namespace="$namespace",pod=~"$pods",container="$container"'
# A scrape without honorLabels moves the exporter's own labels aside and puts those of its pod in their place.
_ASIDE = 'exported_namespace="$namespace",exported_pod=~"$pods",exported_container="$container"'


def _gpu(over_time: str, metric: str) -> str:
    """Return the sum over the GPUs of the busiest pod."""
    ways = (
        f"max(sum by ({pod}) ({over_time}({metric}{{{labels}}}[$window])))"
        for pod, labels in (("pod", _LABELS), ("exported_pod", _ASIDE))
    )
    return " or ".join(ways)


def _edits(resource: Resource, target: Target) -> tuple[SpecEdit, ...]:
    if not isinstance(target, RequestsTarget):
        return ()
    wanted = target.requests
    units = {"millicores": wanted.cpu_millicores, "MiB": wanted.memory_mib, "gpus": wanted.gpus}
    return set_units(resource, {unit: value for unit, value in units.items() if value is not None})


KUBERNETES_WORKLOAD = Kind(
    id="kubernetes-workload",
    title="Kubernetes workload",
    shape=Shape.WORKLOAD,
    unit="replicas",
    # All pods of a workload request the same, so the busiest pod of each moment counts. A thousand cores, 64 TiB and
    # a hundred GPUs are beyond any node sold; above that the value is in another unit.
    demands=(
        Demand(
            CPU,
            full=None,
            ceiling=1e6,
            prometheus=PromQuery(
                f"1000 * max(sum by (pod) (rate(container_cpu_usage_seconds_total{{{_LABELS}}}[$window])))"
            ),
        ),
        Demand(
            MEMORY,
            full=None,
            ceiling=2**26,
            prometheus=PromQuery(
                f"max(max_over_time(container_memory_working_set_bytes{{{_LABELS}}}[$window])) / 1048576"
            ),
        ),
        Demand(GPU, full=100, ceiling=10_000, prometheus=PromQuery(_gpu("avg_over_time", "DCGM_FI_DEV_GPU_UTIL"))),
        Demand(
            GPU_MEMORY, full=None, ceiling=2**26, prometheus=PromQuery(_gpu("max_over_time", "DCGM_FI_DEV_FB_USED"))
        ),
    ),
    service="ec2",
    never_cross="Memory never below the peak and its headroom, GPUs never below what the model holds of their memory.",
    edits=_edits,
    running=PromQuery("count(sum by (pod) (container_memory_working_set_bytes{" + _LABELS + "}))"),
    share=share_of_node,
)
