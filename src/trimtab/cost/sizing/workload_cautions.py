"""What a reader of a workload's advice must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.cost.model import Requests, Resource
    from trimtab.cost.sizing.requests import Needs

# NVIDIA cuts a GPU into halves at the least (MIG profile 3g of 7); under half of one, a slice would hold the work.
_HALF = 0.5


def cautions(resource: Resource, needs: Needs, after: Requests) -> tuple[str, ...]:
    """Return what the figures do not say by themselves."""
    found = [*_too_small(resource, needs, after), *_not_measured(resource, needs)]
    if after.gpus == 1 and needs.gpus is not None and needs.gpus < _HALF:
        found.append(
            f"it keeps {needs.gpus:.0%} of one GPU busy: a MIG slice or time-slicing would do, where its "
            "GPU memory fits"
        )
    if resource.requests.known():
        found.append("requests save money when nodes go: by consolidation, or a smaller node group")
    return tuple(found)


def _too_small(resource: Resource, needs: Needs, after: Requests) -> list[str]:
    found, now = [], resource.requests
    if needs.memory is not None and now.memory_mib and needs.memory > now.memory_mib:
        found.append("memory too small as it is: with its headroom the peak passes what is requested")
    wanted = ((needs.cpu, after.cpu_millicores, "CPU"), (needs.memory, after.memory_mib, "memory"))
    for need, given, what in wanted:
        if need is not None and given is not None and given < need * (1 - 1e-9):
            found.append(f"no {what} request that its declaration allows is enough; this is the largest")
    return found


def _not_measured(resource: Resource, needs: Needs) -> list[str]:
    found = []
    if needs.memory is None:
        found.append("memory was not measured: its request stays as it is")
    if needs.cpu is None:
        found.append("CPU was not measured: its request stays as it is")
    if resource.requests.gpus and (needs.gpus is None or needs.gpu_memory is None):
        found.append("GPU use or GPU memory was not measured: its GPUs stay as they are")
    return found
