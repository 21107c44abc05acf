"""GPU capacity for training: an auto scaling group that costs nothing while nobody trains."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from trimtab.spec.base import SpecModel
from trimtab.spec.efa import efa_interfaces
from trimtab.spec.hourly_floors import NO_FLOORS, HourlyFloors, above_maximum, floors_field, highest
from trimtab.spec.instances import InstanceType, ladder
from trimtab.spec.owner import Owner, ServiceClass
from trimtab.spec.sizing import SizingField, SizingTemplate
from trimtab.spec.units import MOST, Count, Cron, GiB, Name, Percent


class OnDemandReservation(SpecModel):
    """An on-demand capacity reservation, paid for from the moment it stands."""

    type: Literal["capacity-reservation"]
    instances: Annotated[int, Field(ge=1, le=500)]
    zone_index: Annotated[int, Field(ge=0, le=5)] = 0
    """Which of the network's zones, counted from 0."""


class CapacityBlock(SpecModel):
    """A capacity block for ML that somebody bought; named by its reservation id."""

    type: Literal["capacity-block"]
    reservation_id: Annotated[str, Field(pattern=r"^cr-[0-9a-f]{8,17}$", description="Id of a capacity block, cr-…")]


Reservation = Annotated[OnDemandReservation | CapacityBlock, Field(discriminator="type")]


class PoolSchedule(SpecModel):
    """Bounds that hold from one moment of the week on."""

    name: Name
    cron: Cron
    min_nodes: Count
    max_nodes: Count


class LustreData(SpecModel):
    """FSx for Lustre over the data bucket, for data that is read again and again."""

    type: Literal["fsx-lustre"]
    capacity_gib: Annotated[int, Field(ge=1200, multiple_of=1200)] = 1200
    """1,200 GiB or a multiple of 2,400 (AWS's rule for SCRATCH_2 and PERSISTENT)."""
    deployment: Literal["SCRATCH_2", "PERSISTENT_2"] = "SCRATCH_2"

    @model_validator(mode="after")
    def _capacity_step(self) -> Self:
        smallest, step = 1200, 2400
        if self.capacity_gib != smallest and self.capacity_gib % step:
            raise PydanticCustomError(
                "lustre_capacity",
                "capacityGib {capacity} is not a size that FSx sells",
                {
                    "field": "capacityGib",
                    "capacity": self.capacity_gib,
                    "allowed": "1200, or a multiple of 2400",
                    "remedy": f"set capacityGib to {max(step, round(self.capacity_gib / step) * step)}",
                },
            )
        return self


class S3Data(SpecModel):
    """Mountpoint for S3 over the data bucket, for data that is read once, in order."""

    type: Literal["s3-mount"] = "s3-mount"


DataPath = Annotated[LustreData | S3Data, Field(discriminator="type")]


class TrainingPool(SpecModel):
    """A launch template and an auto scaling group of GPU instances."""

    name: Name
    instance_types: Annotated[tuple[InstanceType, ...], Field(min_length=1, max_length=8)]
    """Types in order of preference; the group mixes them where one is scarce."""
    min_nodes: Count = 0
    max_nodes: Annotated[Count, Field(ge=1)]
    spot_percent: Percent = 0
    """Share of the nodes above `minNodes` that are spot."""
    interruptible: bool = False
    """Whether the training checkpoints, and so bears spot interruptions."""
    efa: bool = False
    """Elastic Fabric Adapter and a cluster placement group, for training over several nodes."""
    warm_nodes: Count = 0
    """Stopped nodes kept ready: they cost their disks only."""
    disk_gib: GiB = 200
    idle_minutes_before_scale_down: Annotated[int, Field(ge=5, le=1440)] = 30
    """How long a GPU may idle before a node is taken away."""
    reservation: Reservation | None = None
    schedules: tuple[PoolSchedule, ...] = ()
    hourly_floors: HourlyFloors = NO_FLOORS
    """Fewest nodes by hour of the week, above `minNodes`; not beside `schedules`, which set the same bound."""
    data: DataPath = S3Data()
    service_class: ServiceClass = "batch"
    owner: Owner | None = None
    model: Name | None = None
    """The model that the pool trains, where it trains one only."""

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        bounds = [("minNodes", self.min_nodes, self.max_nodes)]
        bounds += [
            (f"schedules[{index}].minNodes", item.min_nodes, item.max_nodes)
            for index, item in enumerate(self.schedules)
        ]
        for field, low, high in bounds:
            if low > high:
                raise PydanticCustomError(
                    "bounds",
                    "{field} {low} is more than maxNodes {high}",
                    {
                        "field": field,
                        "low": low,
                        "high": high,
                        "allowed": f"0 to {high}",
                        "remedy": "lower minNodes or raise maxNodes",
                    },
                )
        return self

    @model_validator(mode="after")
    def _one_clock(self) -> Self:
        problem = above_maximum(self.hourly_floors, self.max_nodes, "maxNodes")
        if problem is not None:
            raise problem
        if self.schedules and self.hourly_floors != NO_FLOORS:
            raise _impossible(
                "hourlyFloors",
                self.hourly_floors,
                "none beside schedules: both set the fewest nodes by the clock",
                "drop schedules, or set hourlyFloors: none",
            )
        return self

    @model_validator(mode="after")
    def _spot_bears_interruption(self) -> Self:
        if self.spot_percent and not self.interruptible:
            raise PydanticCustomError(
                "spot_without_checkpoints",
                "spotPercent is {spot}, but the pool does not say that its work bears interruption",
                {
                    "field": "spotPercent",
                    "spot": self.spot_percent,
                    "allowed": "0 unless interruptible is true",
                    "remedy": "set interruptible: true once training writes checkpoints, or spotPercent: 0",
                },
            )
        return self

    @model_validator(mode="after")
    def _group_can_do_it(self) -> Self:
        """Refuse what EC2 Auto Scaling refuses, before anything is created."""
        if self.warm_nodes and self.spot_percent:
            raise _impossible(
                "warmNodes",
                self.warm_nodes,
                "0 with spotPercent: a spot node cannot be stopped and kept",
                "set warmNodes: 0 or spotPercent: 0",
            )
        if isinstance(self.reservation, CapacityBlock) and (self.spot_percent or len(self.instance_types) > 1):
            raise _impossible(
                "reservation",
                self.reservation.reservation_id,
                "a capacity block with one instance type and spotPercent 0",
                "name the block's instance type only",
            )
        counts = {kind: efa_interfaces(kind) for kind in self.instance_types}
        if self.efa and (0 in counts.values() or len(set(counts.values())) > 1):
            raise _impossible(
                "efa",
                "true",
                "types with one and the same number of EFA interfaces; here: "
                + ", ".join(f"{kind} has {count}" for kind, count in counts.items()),
                "set efa: false, or choose other instanceTypes",
            )
        return self

    def sizing(self, path: str | None) -> SizingTemplate:
        """Return what of the pool can be sized, as fields under `path` (None: declared by a program)."""
        at = f"{path}." if path else None
        return SizingTemplate(
            kind="gpu-training-pool",
            instance_type=self.instance_types[0],
            count=self.max_nodes,
            service_class=self.service_class,
            interruptible=self.interruptible,
            spot_percent=self.spot_percent,
            on_demand_base=self.min_nodes,
            fields=(
                SizingField(
                    name="maxNodes",
                    spec_path=at and f"{at}maxNodes",
                    unit="nodes",
                    current=self.max_nodes,
                    allowed=tuple(range(self._least_ceiling(), min(2 * self.max_nodes, MOST) + 1)),
                ),
                SizingField(
                    name="minNodes",
                    spec_path=at and f"{at}minNodes",
                    unit="nodes",
                    current=self.min_nodes,
                    allowed=tuple(range(self.max_nodes + 1)),
                ),
                # With schedules the clock is theirs.
                *(() if self.schedules else (floors_field(at, self.hourly_floors, self.max_nodes),)),
                SizingField(
                    name="instanceTypes[0]",
                    spec_path=at and f"{at}instanceTypes[0]",
                    unit="instanceType",
                    current=self.instance_types[0],
                    allowed=tuple(kind for kind in ladder(self.instance_types[0]) if self._takes(kind)),
                ),
            ),
        )

    def _least_ceiling(self) -> int:
        return max(1, self.min_nodes, highest(self.hourly_floors))

    def _takes(self, first: str) -> bool:
        """Whether the pool may have another first type: one with the same EFA interfaces, and never in a block."""
        if isinstance(self.reservation, CapacityBlock):
            return first == self.instance_types[0]
        return not self.efa or efa_interfaces(first) == efa_interfaces(self.instance_types[0])


def _impossible(field: str, value: int | str, allowed: str, remedy: str) -> PydanticCustomError:
    return PydanticCustomError(
        "pool",
        "{field} {value} is not possible here",
        {"field": field, "value": value, "allowed": allowed, "remedy": remedy},
    )
