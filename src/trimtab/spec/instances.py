"""Instance families and their sizes, as far as the product resizes them.

Shapes are AWS's published ones (EC2 "Instance types" pages; SageMaker's `ml.` types have the same shapes).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

InstanceType = Annotated[
    str,
    Field(
        pattern=r"^(ml\.)?[a-z][a-z0-9-]*\.(metal(-[0-9]+xl)?|nano|micro|small|medium|large|[0-9]*xlarge)$",
        description="An EC2 instance type, g5.2xlarge, or a SageMaker one, ml.g5.2xlarge.",
    ),
]

MlInstanceType = Annotated[
    InstanceType,
    Field(pattern=r"^ml\.[a-z][a-z0-9-]*\.([A-Za-z0-9_]+)$", description="A SageMaker instance type, ml.g5.2xlarge."),
]


@dataclass(frozen=True)
class Shape:
    """What one instance holds: vCPUs, memory in GiB, GPUs, memory of one GPU in GiB."""

    vcpu: int
    memory_gib: float
    gpus: int = 0
    gpu_memory_gib: int = 0


@dataclass(frozen=True)
class Family:
    """A family's memory per vCPU and its sizes, smallest first: size → (vCPUs, GPUs)."""

    memory_per_vcpu_gib: float
    sizes: dict[str, tuple[int, int]]
    gpu_memory_gib: int = 0


_GENERAL = {
    "large": (2, 0), "xlarge": (4, 0), "2xlarge": (8, 0), "4xlarge": (16, 0), "8xlarge": (32, 0),
    "12xlarge": (48, 0), "16xlarge": (64, 0), "24xlarge": (96, 0),
}  # fmt: skip
_COMPUTE = {
    "large": (2, 0), "xlarge": (4, 0), "2xlarge": (8, 0), "4xlarge": (16, 0), "9xlarge": (36, 0), "18xlarge": (72, 0),
}  # fmt: skip
_SINGLE_GPU = {
    "xlarge": (4, 1), "2xlarge": (8, 1), "4xlarge": (16, 1), "8xlarge": (32, 1), "16xlarge": (64, 1),
}  # fmt: skip
_SINGLE_THEN_MANY = {**_SINGLE_GPU, "12xlarge": (48, 4), "24xlarge": (96, 4), "48xlarge": (192, 8)}

FAMILIES: dict[str, Family] = {
    "m5": Family(4, _GENERAL),
    "m6i": Family(4, _GENERAL),
    "m7i": Family(4, _GENERAL),
    "m7g": Family(4, {size: shape for size, shape in _GENERAL.items() if size != "24xlarge"}),
    "c5": Family(2, _COMPUTE),
    "c6i": Family(2, _GENERAL),
    "c7i": Family(2, _GENERAL),
    "r5": Family(8, _GENERAL),
    "r6i": Family(8, _GENERAL),
    "g4dn": Family(4, {**_SINGLE_GPU, "12xlarge": (48, 4)}, gpu_memory_gib=16),
    "g5": Family(4, _SINGLE_THEN_MANY, gpu_memory_gib=24),
    "g6": Family(4, _SINGLE_THEN_MANY, gpu_memory_gib=24),
    "g6e": Family(8, _SINGLE_THEN_MANY, gpu_memory_gib=48),
    "p4d": Family(12, {"24xlarge": (96, 8)}, gpu_memory_gib=40),
    "p5": Family(2048 / 192, {"48xlarge": (192, 8)}, gpu_memory_gib=80),
}


def split(instance_type: str) -> tuple[str, str, str]:
    """Split `ml.g5.2xlarge` into its prefix `ml.` (or empty), family `g5` and size `2xlarge`."""
    prefix = "ml." if instance_type.startswith("ml.") else ""
    family, _, size = instance_type.removeprefix(prefix).partition(".")
    return prefix, family, size


def shape(instance_type: str) -> Shape | None:
    """Return the shape of a type, or None for a family that the product does not resize."""
    _, family_name, size = split(instance_type)
    family = FAMILIES.get(family_name)
    if family is None or size not in family.sizes:
        return None
    vcpu, gpus = family.sizes[size]
    return Shape(vcpu, vcpu * family.memory_per_vcpu_gib, gpus, family.gpu_memory_gib if gpus else 0)


def ladder(instance_type: str) -> tuple[str, ...]:
    """Return the sizes of the type's own family, smallest first; only itself for a family not listed.

    A step never changes the number of GPUs: a model is loaded for one count of devices.
    """
    prefix, family_name, _ = split(instance_type)
    own = shape(instance_type)
    if own is None:
        return (instance_type,)
    sizes = FAMILIES[family_name].sizes
    return tuple(f"{prefix}{family_name}.{size}" for size, (_, gpus) in sizes.items() if gpus == own.gpus)
