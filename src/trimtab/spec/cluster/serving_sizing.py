"""What of pods on a cluster can be sized: how many there are, and what each asks for."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from trimtab.spec.cluster.serving_gpu import WholeGpus
from trimtab.spec.sizing import SizingField, SizingTemplate, SizingUnit
from trimtab.spec.units import MOST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.spec.cluster.pods import Pods, Replicas
    from trimtab.spec.owner import ServiceClass

UNKNOWN_TYPE = "kubernetes"
"""Stands for an instance type where pods may run on any."""
MIB_PER_GIB = 1024
_SMALLEST_CPU, _SMALLEST_MEMORY = 50, 64
_LARGEST_CPU, _LARGEST_MEMORY = 896_000, 33_554_432


def replica_sizing(
    pods: Replicas, at: str | None, *, floor: int, service_class: ServiceClass, least: int
) -> SizingTemplate:
    """Return what of the number of pods can be set.

    Args:
        pods: the declaration.
        at: its path in the stack's configuration, `cluster.serving[0]`; None: declared by a program.
        floor: least number that the environment bears (two in production: one zone may fail).
        service_class: how much saturation it may bear.
        least: the least that `minReplicas` may be: 0 where something wakes it from zero, else 1.
    """
    highest = min(2 * pods.max_replicas, MOST)
    return SizingTemplate(
        kind="kserve-replicas",
        instance_type=pods.instance_type or UNKNOWN_TYPE,
        count=pods.max_replicas,
        service_class=service_class,
        floor=floor,
        fields=(
            SizingField(
                name="minReplicas",
                spec_path=at and f"{at}.minReplicas",
                unit="replicas",
                current=pods.min_replicas,
                allowed=tuple(range(min(least, pods.min_replicas), pods.max_replicas + 1)),
            ),
            SizingField(
                name="maxReplicas",
                spec_path=at and f"{at}.maxReplicas",
                unit="replicas",
                current=pods.max_replicas,
                allowed=tuple(range(max(1, pods.min_replicas), highest + 1)),
            ),
            *_asked_for(pods),
        ),
    )


def workload_sizing(
    pods: Pods, at: str | None, *, count: int, service_class: ServiceClass, gpu_memory_gib: int | None = None
) -> SizingTemplate:
    """Return what of a pod's requests can be set.

    A model's weights pass through the pod's memory on their way to the GPU, so memory is never advised below the GPU
    memory that the model needs, unless it is declared so already.

    Args:
        pods: the declaration.
        at: its path in the stack's configuration; None: declared by a program.
        count: pods at most.
        service_class: how much saturation it may bear.
        gpu_memory_gib: GPU memory that the model needs.
    """
    cpu, memory = pods.resources.cpu_millicores, pods.resources.memory_mib
    least = min(memory, (gpu_memory_gib or 0) * MIB_PER_GIB)
    return SizingTemplate(
        kind="kubernetes-workload",
        instance_type=pods.instance_type or UNKNOWN_TYPE,
        count=count,
        service_class=service_class,
        fields=(
            SizingField(
                name="cpuMillicores",
                spec_path=at and f"{at}.resources.cpuMillicores",
                unit="millicores",
                current=cpu,
                allowed=steps(cpu, smallest=_SMALLEST_CPU, largest=_LARGEST_CPU),
            ),
            SizingField(
                name="memoryMib",
                spec_path=at and f"{at}.resources.memoryMib",
                unit="MiB",
                current=memory,
                allowed=steps(memory, smallest=max(_SMALLEST_MEMORY, least), largest=_LARGEST_MEMORY),
            ),
            *_devices(pods),
        ),
    )


def _asked_for(pods: Pods) -> tuple[SizingField, ...]:
    """What one replica is a share of a node by; not to be set here."""
    known: tuple[tuple[str, SizingUnit, int], ...] = (
        ("cpuMillicores", "millicores", pods.resources.cpu_millicores),
        ("memoryMib", "MiB", pods.resources.memory_mib),
    )
    fixed = (SizingField(name=name, unit=unit, current=value, allowed=(value,)) for name, unit, value in known)
    return (*fixed, *_devices(pods))


def _devices(pods: Pods) -> tuple[SizingField, ...]:
    """The pod's whole GPUs; a model is loaded for one count of devices, so there is no other step."""
    if not isinstance(pods.gpu, WholeGpus):
        return ()
    return (SizingField(name="gpus", unit="gpus", current=pods.gpu.count, allowed=(pods.gpu.count,)),)


def steps(current: int, *, smallest: int, largest: int) -> tuple[int, ...]:
    """Return the values that a request may take, smallest first: powers of two of the current one and halves between.

    For 4000 with a smallest of 500: 500, 750, 1000, 1500, 2000, 3000, 4000, 6000, 8000.
    """
    below = chain.from_iterable(_step(current, power) for power in range(-12, 1))
    return tuple(sorted({current, *_within(chain(below, (current * 3 // 2, current * 2)), smallest, largest)}))


def _step(current: int, power: int) -> tuple[int, int]:
    whole = int(current * 2.0**power)
    return whole, whole * 3 // 4


def _within(values: Iterable[int], smallest: int, largest: int) -> Iterable[int]:
    return (value for value in values if smallest <= value <= largest)
