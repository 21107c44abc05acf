"""What a GPU pool cannot be, said before Karpenter or Kueue would wait for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.spec.cluster.problems import refuse
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    from trimtab.spec.cluster.gpu_pool import GpuPool

GPU_TAINT = "nvidia.com/gpu"


def check_pool(pool: GpuPool) -> None:
    """Refuse a pool that could never have the nodes or admit the pods that it promises.

    Raises:
        PydanticCustomError: the first rule that is broken.
    """
    _types_or_families(pool)
    _gpu_types(pool)
    _capacity(pool)
    _sharing(pool)
    _quota(pool)
    if any(taint.key == GPU_TAINT for taint in pool.taints):
        raise refuse(
            "taints", f"the pool has the taint {GPU_TAINT} already", allowed="other keys", remedy=f"drop {GPU_TAINT}"
        )


def _types_or_families(pool: GpuPool) -> None:
    if bool(pool.instance_types) == bool(pool.instance_families):
        said = "both are named" if pool.instance_types else "neither is named"
        raise refuse(
            "instanceTypes",
            f"instanceTypes or instanceFamilies say what nodes are; {said}",
            allowed="one of the two",
            remedy="name instanceTypes, or instanceFamilies for every size of a family",
        )


def _gpu_types(pool: GpuPool) -> None:
    for index, kind in enumerate(pool.instance_types):
        known = shape(kind)
        if kind.startswith("ml.") or (known is not None and known.gpus == 0):
            raise refuse(
                f"instanceTypes[{index}]",
                f"{kind} is no EC2 type with a GPU",
                allowed="EC2 types with GPUs, g6e.12xlarge or p5.48xlarge",
                remedy="name a type of the g or p families, without ml.",
            )


def _capacity(pool: GpuPool) -> None:
    if "spot" in pool.capacity_types and not pool.interruptible:
        raise refuse(
            "capacityTypes",
            "capacityTypes has spot, but the pool does not say that its work bears interruption",
            allowed="reserved and on-demand unless interruptible is true",
            remedy="set interruptible: true once the work writes checkpoints, or drop spot",
        )
    if ("reserved" in pool.capacity_types) != bool(pool.reservation_ids):
        raise refuse(
            "reservationIds",
            f"capacityTypes {'has' if not pool.reservation_ids else 'lacks'} reserved, and reservationIds "
            f"{'names none' if not pool.reservation_ids else 'names some'}",
            allowed="reserved together with the ids of reservations",
            remedy="name the reservations in reservationIds, or drop reserved",
        )


def _sharing(pool: GpuPool) -> None:
    if pool.sharing.type == "whole":
        return
    if pool.instance_families:
        raise refuse(
            "instanceFamilies",
            f"{pool.sharing.type} needs instanceTypes: Karpenter is told how many parts each type gives",
            allowed="instanceTypes with this sharing",
            remedy="name instanceTypes in place of instanceFamilies",
        )
    for index, kind in enumerate(pool.instance_types):
        if shape(kind) is None or pool.sharing.units(kind) is None:
            raise refuse(
                f"instanceTypes[{index}]",
                f"{kind} cannot be shared by {pool.sharing.profile}",
                allowed="types whose GPUs are known to have such parts: p4d for profiles of 40 GB, p5 for those of "
                "80 GB; time-slicing on g4dn, g5, g6, g6e, p4d and p5",
                remedy="choose another profile or another type",
            )


def _quota(pool: GpuPool) -> None:
    most = pool.max_gpus * max((pool.sharing.units(kind) or 1 for kind in pool.instance_types), default=1)
    if pool.queue.guaranteed > most:
        raise refuse(
            "queue.teams",
            f"the teams are promised {pool.queue.guaranteed} together, more than the {most} of maxGpus {pool.max_gpus}",
            allowed=f"{most} together at most",
            remedy="lower a team's gpus or raise maxGpus",
        )
    if pool.instance_types and shape(pool.instance_types[0]) is not None:
        return
    for index, team in enumerate(pool.queue.teams):
        if team.vcpus is None or team.memory_gib is None:
            lacking = "vcpus" if team.vcpus is None else "memoryGib"
            raise refuse(
                f"queue.teams[{index}].{lacking}",
                f"{lacking} cannot be derived: the shape of the pool's nodes is not known",
                allowed="a whole number of 1 or more",
                remedy=f"set {lacking} beside gpus",
            )
