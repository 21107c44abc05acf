"""How the GPUs of a pool are handed out: whole, in slices that hardware keeps apart, or by turns."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.serving_gpu import SHARED, WHOLE
from trimtab.spec.instances import shape, split

MIG_SLICES: dict[int, dict[str, int]] = {
    40: {"1g.5gb": 7, "1g.10gb": 4, "2g.10gb": 3, "3g.20gb": 2, "7g.40gb": 1},
    80: {"1g.10gb": 7, "1g.20gb": 4, "2g.20gb": 3, "3g.40gb": 2, "7g.80gb": 1},
}
"""GPU memory in GiB → MIG profile → slices of one GPU.

Source: NVIDIA Multi-Instance GPU user guide, "Supported MIG profiles", A100-SXM4-40GB and H100 80GB.
"""
MIG_FAMILIES = ("p4d", "p5")
TURNS = (2, 3, 4, 5, 6, 7, 8, 10, 12, 16)
"""How many pods may take turns on a GPU: each is a named profile of the device plugin."""


class Whole(SpecModel):
    """A GPU belongs to one pod at a time."""

    type: Literal["whole"] = "whole"

    @property
    def resource(self) -> str:
        """The extended resource that pods ask for."""
        return WHOLE

    @property
    def profile(self) -> str | None:
        """The name of the device plugin's profile; None: the plugin's default."""
        return None

    def units(self, instance_type: str) -> int | None:  # noqa: ARG002  one whatever the type is
        """Return how many of the resource one GPU gives."""
        return 1


class Mig(SpecModel):
    """Every GPU is cut into equal slices with memory of their own (MIG, mixed strategy)."""

    type: Literal["mig"]
    slices: Annotated[
        Literal["1g.5gb", "1g.10gb", "1g.20gb", "2g.10gb", "2g.20gb", "3g.20gb", "3g.40gb", "7g.40gb", "7g.80gb"],
        Field(description="A MIG profile: compute and memory of each slice."),
    ]

    @property
    def resource(self) -> str:
        """The extended resource that pods ask for."""
        return f"nvidia.com/mig-{self.slices}"

    @property
    def profile(self) -> str:
        """The name of the MIG manager's configuration."""
        return f"all-{self.slices}"

    def units(self, instance_type: str) -> int | None:
        """Return how many slices one GPU of the type gives; None where it has no such slices."""
        known = shape(instance_type)
        if known is None or split(instance_type)[1] not in MIG_FAMILIES:
            return None
        return MIG_SLICES[known.gpu_memory_gib].get(self.slices)


class TimeSlicing(SpecModel):
    """Pods take turns on a GPU; their memory is not kept apart, so they must trust each other."""

    type: Literal["time-slicing"]
    pods_per_gpu: Literal[2, 3, 4, 5, 6, 7, 8, 10, 12, 16]

    @property
    def resource(self) -> str:
        """The extended resource that pods ask for: renamed, so that nobody shares who asked for a whole GPU."""
        return SHARED

    @property
    def profile(self) -> str:
        """The name of the device plugin's profile."""
        return f"time-slicing-{self.pods_per_gpu}"

    def units(self, instance_type: str) -> int | None:  # noqa: ARG002  the same whatever the type is
        """Return how many pods share one GPU."""
        return self.pods_per_gpu


Sharing = Annotated[Whole | Mig | TimeSlicing, Field(discriminator="type")]
