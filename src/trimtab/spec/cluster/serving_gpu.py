"""Which part of a GPU a pod asks for: whole ones, a MIG slice, or a turn on a shared one."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.instances import shape

WHOLE = "nvidia.com/gpu"
SHARED = "nvidia.com/gpu.shared"
"""NVIDIA's device plugin, `timeSlicing.renameByDefault: true`: nobody gets a shared GPU who asked for a whole one."""
GpuCount = Annotated[int, Field(ge=1, le=16, description="GPUs of one pod; no node of EC2 has more than 16.")]


class WholeGpus(SpecModel):
    """GPUs of the pod's own."""

    type: Literal["whole"]
    count: GpuCount = 1

    def limits(self) -> dict[str, int]:
        """Return the extended resource that the pod asks for."""
        return {WHOLE: self.count}

    def memory_gib(self, instance_type: str | None) -> int | None:
        """Return the GPU memory that the pod gets, in GiB; None where the node's type is not known."""
        known = shape(instance_type) if instance_type else None
        return known.gpu_memory_gib * self.count if known and known.gpu_memory_gib else None


class MigSlices(SpecModel):
    """Slices of a GPU that hardware keeps apart (MIG, mixed strategy)."""

    type: Literal["mig"]
    profile: Annotated[
        str, Field(pattern=r"^[1-7]g\.[0-9]+gb(\+me)?$", description="A MIG profile, 1g.10gb: compute and memory.")
    ]
    count: Annotated[int, Field(ge=1, le=7)] = 1

    def limits(self) -> dict[str, int]:
        """Return the extended resource that the pod asks for."""
        return {f"nvidia.com/mig-{self.profile.replace('+', '.')}": self.count}

    def memory_gib(self, instance_type: str | None) -> int:  # noqa: ARG002  the profile says it, whatever the node is
        """Return the GPU memory of the slices in GiB."""
        return self.count * int(re.findall(r"\.(\d+)gb", self.profile)[0])


class TimeSlice(SpecModel):
    """A turn on a GPU that other pods take turns on: their memory is not kept apart."""

    type: Literal["time-slice"]

    def limits(self) -> dict[str, int]:
        """Return the extended resource that the pod asks for."""
        return {SHARED: 1}

    def memory_gib(self, instance_type: str | None) -> int | None:
        """Return the memory of the GPU, all of which the pod may find taken; None where the type is not known."""
        return WholeGpus(type="whole").memory_gib(instance_type)


Gpu = Annotated[WholeGpus | MigSlices | TimeSlice, Field(discriminator="type")]


def device_count(gpu: WholeGpus | MigSlices | TimeSlice | None) -> int:
    """Return how many devices the pod sees."""
    return 0 if gpu is None else 1 if isinstance(gpu, TimeSlice) else gpu.count
