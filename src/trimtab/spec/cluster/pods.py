"""Pods that serve or train: their requests and limits, their GPUs, their nodes, how many of them."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.serving_gpu import Gpu
from trimtab.spec.instances import InstanceType
from trimtab.spec.units import Count, Name

PERCENT = 100
LimitPercent = Annotated[
    int, Field(ge=100, le=1000, description="Limit in percent of the request, so that it follows a resized request.")
]

SharedMemory = Annotated[int, Field(ge=64, le=1_048_576, description="`/dev/shm` in MiB; the pod's memory holds it.")]


class Resources(SpecModel):
    """What one pod asks its node for, and what it may use at most."""

    cpu_millicores: Annotated[int, Field(ge=10, le=896_000, description="CPU request in thousandths of a core.")]
    memory_mib: Annotated[int, Field(ge=32, le=33_554_432, description="Memory request in MiB.")]
    cpu_limit_percent: LimitPercent = 200
    memory_limit_percent: LimitPercent = PERCENT
    """Memory cannot be throttled: a limit above the request lets a pod be killed for its neighbour's use."""

    def requests(self) -> dict[str, str]:
        """Return the requests as Kubernetes quantities."""
        return {"cpu": f"{self.cpu_millicores}m", "memory": f"{self.memory_mib}Mi"}

    def limits(self) -> dict[str, str]:
        """Return the limits as Kubernetes quantities."""
        cpu = self.cpu_millicores * self.cpu_limit_percent // PERCENT
        memory = self.memory_mib * self.memory_limit_percent // PERCENT
        return {"cpu": f"{cpu}m", "memory": f"{memory}Mi"}


class Pods(SpecModel):
    """Pods of one kind."""

    resources: Resources
    gpu: Gpu | None = None
    pool: Name | None = None
    """The GPU pool (Karpenter NodePool) whose nodes they run on; absent: any node that takes them."""
    instance_type: InstanceType | None = None
    """The one instance type that they run on, where it matters; the analyser prices them by it."""

    def kubernetes_resources(self) -> dict[str, Any]:
        """Return a container's `resources`: GPUs cannot be overcommitted, so they stand in both halves."""
        devices = {name: str(count) for name, count in self.gpu.limits().items()} if self.gpu else {}
        return {
            "requests": {**self.resources.requests(), **devices},
            "limits": {**self.resources.limits(), **devices},
        }

    def gpu_memory_fits(self, needed_gib: int | None) -> None:
        """Refuse pods whose GPUs are known to hold less than a model needs.

        Raises:
            PydanticCustomError: named by `gpuMemoryGib`.
        """
        held = self.gpu.memory_gib(self.instance_type) if self.gpu else None
        if needed_gib is not None and held is not None and needed_gib > held:
            raise refuse(
                "gpuMemoryGib",
                f"gpuMemoryGib {needed_gib} is more than the {held} GiB of GPU memory that a pod gets",
                allowed=f"1 to {held} with this gpu",
                remedy="ask for more GPUs or a larger MIG profile, or choose another instanceType",
            )


class Replicas(Pods):
    """Pods whose number follows their load."""

    min_replicas: Count = 1
    max_replicas: Annotated[Count, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.min_replicas > self.max_replicas:
            raise refuse(
                "minReplicas",
                f"minReplicas {self.min_replicas} is more than maxReplicas {self.max_replicas}",
                allowed=f"0 to {self.max_replicas}",
                remedy="lower minReplicas or raise maxReplicas",
            )
        return self
