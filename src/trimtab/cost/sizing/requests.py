"""From needs to requests that can be declared, and what they cost."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.kinds.node_share import MIB_PER_GIB, dominant_share
from trimtab.cost.model import Requests
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.cost.model import Resource

CPU_STEP, MEMORY_STEP = 10, 16
"""Millicores and MiB that a free request is rounded up to: finer steps are noise in a manifest."""

# Below them a container may not even start: the least that KRR proposes (`--cpu-min`, `--mem-min`).
LEAST_CPU, LEAST_MEMORY = 10, 100


@dataclass(frozen=True)
class Needs:
    """What one container needs; None: not measured.

    Attributes:
        cpu: millicores.
        memory: MiB, headroom included.
        gpus: GPUs' worth of work.
        gpu_memory: the most MiB that it held in the memory of all its GPUs together.
    """

    cpu: float | None = None
    memory: float | None = None
    gpus: float | None = None
    gpu_memory: float | None = None


def requests_for(resource: Resource, needs: Needs) -> Requests:
    """Return the smallest requests that may be declared and hold the needs; what was not measured stays as it is."""
    now = resource.requests
    cpu = (
        now.cpu_millicores if needs.cpu is None else _step(resource, "millicores", max(needs.cpu, LEAST_CPU), CPU_STEP)
    )
    memory = (
        now.memory_mib if needs.memory is None else _step(resource, "MiB", max(needs.memory, LEAST_MEMORY), MEMORY_STEP)
    )
    return Requests(cpu_millicores=cpu, memory_mib=memory, gpus=_gpus(resource, needs))


def _step(resource: Resource, unit: str, wanted: float, free: int) -> float:
    """Round up to what the declaration allows, else to a whole step."""
    field = next((field for field in resource.fields if field.unit == unit), None)
    if field is None:
        return float(math.ceil(wanted / free - 1e-9) * free)
    steps = sorted(step for step in field.allowed if isinstance(step, int))
    return float(next((step for step in steps if step >= wanted), steps[-1] if steps else wanted))


def _gpus(resource: Resource, needs: Needs) -> float | None:
    """Return the whole GPUs that hold both work and model; as many as now where one of both is not known."""
    now, node = resource.requests.gpus, shape(resource.instance_type)
    if not now or needs.gpus is None or needs.gpu_memory is None or node is None or not node.gpu_memory_gib:
        return now
    holding = needs.gpu_memory / (node.gpu_memory_gib * MIB_PER_GIB)
    whole = max(1, math.ceil(needs.gpus - 1e-9), math.ceil(holding - 1e-9))
    return min(now, _step(resource, "gpus", whole, 1))


def saving(resource: Resource, after: Requests) -> float:
    """Return the share of its cost that the requests save; negative: they cost more.

    A part of a node costs the largest of its shares of the node. Where the node is not known, each of them might be
    that one: the one that shrinks least counts.
    """
    before = dominant_share(resource.requests, resource.instance_type)
    then = dominant_share(after, resource.instance_type)
    if before and then is not None:
        return 1 - then / before
    now, new = resource.requests.known(), after.known()
    shrinks = [1 - new[name] / value for name, value in now.items() if value and name in new]
    return min(shrinks, default=0.0)


def written(requests: Requests) -> str:
    """Write requests as a manifest does: `cpu 250m, memory 512Mi, 1 GPU`."""
    known: Mapping[str, float] = requests.known()
    forms = {"cpu_millicores": "cpu {:g}m", "memory_mib": "memory {:g}Mi", "gpus": "{:g} GPU"}
    return ", ".join(form.format(known[name]) for name, form in forms.items() if name in known) or "nothing"
