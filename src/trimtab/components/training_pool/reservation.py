"""Capacity that is kept for the pool: an on-demand reservation of its own, or a block that somebody bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.lists import entry
from trimtab.spec.training_pool import CapacityBlock, OnDemandReservation

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.training_pool.args import TrainingPoolArgs

PLATFORM = "Linux/UNIX"


@dataclass(frozen=True)
class Reserved:
    """What a launch template says of reserved capacity; both None: none is reserved."""

    specification: aws.ec2.LaunchTemplateCapacityReservationSpecificationArgs | None = None
    market: aws.ec2.LaunchTemplateInstanceMarketOptionsArgs | None = None


def reserve(component: Component, args: TrainingPoolArgs) -> Reserved:
    """Declare the pool's reservation, or name the block that was bought."""
    wanted = args["spec"].reservation
    if isinstance(wanted, CapacityBlock):
        return Reserved(
            _target(wanted.reservation_id),
            aws.ec2.LaunchTemplateInstanceMarketOptionsArgs(market_type="capacity-block"),
        )
    if isinstance(wanted, OnDemandReservation):
        return Reserved(_target(_on_demand(component, args, wanted).id))
    return Reserved()


def zone_index(args: TrainingPoolArgs) -> int | None:
    """Return the one zone that all nodes must lie in; None: any.

    A reservation holds capacity in one zone, and EFA traffic does not leave one.
    """
    wanted = args["spec"].reservation
    if isinstance(wanted, OnDemandReservation):
        return wanted.zone_index
    return 0 if args["spec"].efa else None


def _on_demand(
    component: Component, args: TrainingPoolArgs, wanted: OnDemandReservation
) -> aws.ec2.CapacityReservation:
    return aws.ec2.CapacityReservation(
        f"{component.name}-reservation",
        instance_type=args["spec"].instance_types[0],
        instance_platform=PLATFORM,
        instance_count=wanted.instances,
        availability_zone=entry(args["zones"], wanted.zone_index),
        instance_match_criteria="targeted",  # `open` would let any instance of the account use it up.
        end_date_type="unlimited",
        ebs_optimized=True,
        tags=component.tags(model=args["spec"].model),
        opts=component.child(),
    )


def _target(reservation_id: pulumi.Input[str]) -> aws.ec2.LaunchTemplateCapacityReservationSpecificationArgs:
    return aws.ec2.LaunchTemplateCapacityReservationSpecificationArgs(
        capacity_reservation_target=aws.ec2.LaunchTemplateCapacityReservationSpecificationCapacityReservationTargetArgs(
            capacity_reservation_id=reservation_id
        )
    )
