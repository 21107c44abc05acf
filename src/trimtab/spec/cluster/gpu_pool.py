"""GPU nodes that come when pods ask for them and go when none is left: a Karpenter pool with a queue in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.disruption import Consolidation, DisruptionBudget
from trimtab.spec.cluster.gpu_pool_rules import check_pool
from trimtab.spec.cluster.gpu_pool_sizing import pool_sizing
from trimtab.spec.cluster.gpu_queue import GpuQueue
from trimtab.spec.cluster.gpu_sharing import Sharing, Whole
from trimtab.spec.instances import InstanceType
from trimtab.spec.owner import Owner, ServiceClass
from trimtab.spec.units import EachOnce, GiB, Name

if TYPE_CHECKING:
    from trimtab.spec.sizing import SizingTemplate

CapacityType = Literal["reserved", "spot", "on-demand"]
InstanceFamily = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,14}$", description="An EC2 instance family, g6e.")]
ReservationId = Annotated[str, Field(pattern=r"^cr-[0-9a-f]{8,17}$", description="Id of a capacity reservation, cr-…")]
LabelPart = r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"
TaintKey = Annotated[
    str,
    Field(
        pattern=rf"^({LabelPart}/)?[A-Za-z0-9]([\w.-]{{0,61}}[A-Za-z0-9])?$", description="A taint's key, acme.com/x"
    ),
]


NodeImage = Annotated[
    str,
    Field(
        pattern=r"^(al2023|bottlerocket)@v?[0-9][A-Za-z0-9_.]*$",
        description="A machine image by family and version, al2023@v20251103; never latest.",
    ),
]


class Taint(SpecModel):
    """Keeps pods away that do not tolerate it."""

    key: TaintKey
    value: Annotated[
        str, Field(pattern=r"^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$", description="A label value, or empty")
    ] = ""
    effect: Literal["NoSchedule", "PreferNoSchedule", "NoExecute"] = "NoSchedule"


class GpuPool(SpecModel):
    """A Karpenter NodePool of GPU instances, and Kueue's queue of each team in front of it."""

    name: Name
    instance_types: Annotated[tuple[InstanceType, ...], Field(max_length=20), EachOnce] = ()
    """Types that nodes may be of; or name `instanceFamilies`."""
    instance_families: Annotated[tuple[InstanceFamily, ...], Field(max_length=10), EachOnce] = ()
    """Families of which every size may be taken; or name `instanceTypes`."""
    capacity_types: Annotated[tuple[CapacityType, ...], Field(min_length=1), EachOnce] = ("on-demand",)
    """How nodes are bought; Karpenter takes reserved ones first, then spot, then on-demand."""
    interruptible: bool = False
    """Whether the work checkpoints, and so bears spot interruptions."""
    reservation_ids: Annotated[tuple[ReservationId, ...], Field(max_length=30), EachOnce] = ()
    """Capacity reservations and blocks that `reserved` nodes are taken from."""
    max_gpus: Annotated[int, Field(ge=1, le=10_000)]
    """GPUs of all nodes at most: what the bill is bounded by."""
    max_vcpus: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    max_memory_gib: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    consolidation: Consolidation = Consolidation()
    expire_after_hours: Annotated[int, Field(ge=1, le=8760)] | None = 720
    """When a node is replaced, for a fresh machine image; null: never."""
    drain_hours: Annotated[int, Field(ge=1, le=720)] | None = 24
    """How long a node that must go waits for its pods at most; null: as long as they run."""
    disruption_budgets: Annotated[tuple[DisruptionBudget, ...], Field(max_length=50)] = ()
    """Absent: a tenth of the nodes at once."""
    taints: Annotated[tuple[Taint, ...], Field(max_length=7)] = ()
    """Beside `nvidia.com/gpu:NoSchedule`, which keeps pods without a GPU off every pool."""
    sharing: Sharing = Whole()
    disk_gib: GiB = 200
    image_alias: NodeImage = "al2023@v20251103"
    queue: GpuQueue
    service_class: ServiceClass = "batch"
    owner: Owner | None = None

    @model_validator(mode="after")
    def _can_be_had(self) -> Self:
        check_pool(self)
        return self

    @property
    def cohort(self) -> str:
        """The cohort of the pool's queues."""
        return self.queue.cohort or self.name

    def sizing(self, path: str | None) -> SizingTemplate:
        """Return what of the pool can be sized, as fields under `path` (None: declared by a program)."""
        return pool_sizing(self, path)
