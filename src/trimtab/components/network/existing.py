"""A VPC that somebody else declares: looked up, checked, never changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.components.base import Component
    from trimtab.spec.network import ExistingNetwork

FEWEST_ZONES = 2


@dataclass(frozen=True)
class ExistingVpc:
    """What the cloud says of the VPC and its private subnets."""

    vpc_id: pulumi.Output[str]
    cidr: pulumi.Output[str]
    subnet_ids: pulumi.Output[Sequence[str]]
    zones: pulumi.Output[Sequence[str]]


@dataclass(frozen=True)
class _Subnet:
    id: str
    vpc_id: str
    zone: str


def existing_vpc(component: Component, spec: ExistingNetwork) -> ExistingVpc:
    """Look the VPC and its subnets up.

    Returns:
        Outputs that fail with a sentence for the user where a subnet lies in another VPC, or all lie in one zone.
    """
    options = pulumi.InvokeOutputOptions(parent=component)
    vpc = aws.ec2.get_vpc_output(id=spec.vpc_id, opts=options)
    looked_up = [aws.ec2.get_subnet_output(id=subnet, opts=options) for subnet in spec.private_subnet_ids]
    subnets = pulumi.Output.all(
        *(
            pulumi.Output.all(found.id, found.vpc_id, found.availability_zone).apply(lambda known: _Subnet(*known))
            for found in looked_up
        )
    ).apply(lambda known: _checked(known, spec))
    return ExistingVpc(
        vpc_id=vpc.id,
        cidr=vpc.cidr_block,
        subnet_ids=subnets.apply(lambda known: [subnet.id for subnet in known]),
        zones=subnets.apply(lambda known: [subnet.zone for subnet in known]),
    )


def _checked(subnets: Sequence[_Subnet], spec: ExistingNetwork) -> Sequence[_Subnet]:
    for number, subnet in enumerate(subnets):
        if subnet.vpc_id != spec.vpc_id:
            message = (
                f"network.privateSubnetIds[{number}] = {subnet.id}: it lies in {subnet.vpc_id}; "
                f"allowed: subnets of {spec.vpc_id}; remedy: name a private subnet of {spec.vpc_id}"
            )
            raise pulumi.RunError(message)
    zones = Counter(subnet.zone for subnet in subnets)
    if len(zones) < FEWEST_ZONES:
        message = (
            f"network.privateSubnetIds = {', '.join(spec.private_subnet_ids)}: all lie in {', '.join(zones)}; "
            f"allowed: subnets in {FEWEST_ZONES} zones or more; remedy: name a private subnet of another zone"
        )
        raise pulumi.RunError(message)
    return subnets
