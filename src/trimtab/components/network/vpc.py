"""The VPC itself: one private subnet and one route table a zone, and a default security group that is shut."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.network.addresses import private_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.components.base import Component
    from trimtab.spec.network import NewNetwork

# Local zones and wavelength zones have to be asked for, and lack most services.
_ORDINARY = aws.GetAvailabilityZonesFilterArgsDict(name="opt-in-status", values=["opt-in-not-required"])


@dataclass(frozen=True)
class Vpc:
    """A VPC with its private half.

    Attributes:
        vpc: the VPC.
        zones: names of its availability zones.
        private: one subnet a zone.
        routes: the private subnets' route tables, in the same order.
    """

    vpc: aws.ec2.Vpc
    zones: tuple[pulumi.Output[str], ...]
    private: tuple[aws.ec2.Subnet, ...]
    routes: tuple[aws.ec2.RouteTable, ...]


def new_vpc(component: Component, spec: NewNetwork) -> Vpc:
    """Return a VPC over `spec.zones` zones, without any way in or out."""
    vpc = aws.ec2.Vpc(
        f"{component.name}-vpc",
        cidr_block=str(spec.cidr),
        enable_dns_hostnames=True,  # Both are needed for the endpoints' private names.
        enable_dns_support=True,
        tags=named(component, "vpc"),
        opts=component.stateful(),
    )
    aws.ec2.DefaultSecurityGroup(
        f"{component.name}-default-shut", vpc_id=vpc.id, tags=named(component, "default-shut"), opts=component.child()
    )
    zones = _zones(component, spec.zones)
    private, routes = [], []
    for number, block in enumerate(private_blocks(spec.cidr, spec.zones)):
        label = f"private-{number}"
        private.append(subnet(component, vpc, label, str(block), zones[number]))
        routes.append(route_table(component, vpc, label, private[number]))
    return Vpc(vpc, zones, tuple(private), tuple(routes))


def subnet(component: Component, vpc: aws.ec2.Vpc, label: str, block: str, zone: pulumi.Output[str]) -> aws.ec2.Subnet:
    """Return a subnet that gives nobody a public address of its own accord."""
    return aws.ec2.Subnet(
        f"{component.name}-{label}",
        vpc_id=vpc.id,
        cidr_block=block,
        availability_zone=zone,
        map_public_ip_on_launch=False,
        tags=named(component, label),
        opts=component.child(),
    )


def route_table(component: Component, vpc: aws.ec2.Vpc, label: str, *subnets: aws.ec2.Subnet) -> aws.ec2.RouteTable:
    """Return a route table of `subnets` that leads nowhere outside the VPC."""
    table = aws.ec2.RouteTable(
        f"{component.name}-{label}-routes", vpc_id=vpc.id, tags=named(component, label), opts=component.child()
    )
    for number, member in enumerate(subnets):
        aws.ec2.RouteTableAssociation(
            f"{component.name}-{label}-routes-{number}",
            subnet_id=member.id,
            route_table_id=table.id,
            opts=component.child(),
        )
    return table


def named(component: Component, label: str) -> dict[str, str]:
    """Return the component's tags with the name that the VPC console shows."""
    return {**component.tags(), "Name": f"{component.context.prefix}-{component.name}-{label}"}


def _zones(component: Component, wanted: int) -> tuple[pulumi.Output[str], ...]:
    found = aws.get_availability_zones_output(
        state="available", filters=[_ORDINARY], opts=pulumi.InvokeOutputOptions(parent=component)
    )
    return tuple(found.names.apply(partial(_pick, number, wanted)) for number in range(wanted))


def _pick(at: int, wanted: int, names: Sequence[str]) -> str:
    if at >= len(names):
        message = (
            f"network.zones = {wanted}: the region has {len(names)} availability zones ({', '.join(sorted(names))}); "
            f"allowed: 2 to {len(names)}; remedy: lower network.zones, or choose another region"
        )
        raise pulumi.RunError(message)
    return sorted(names)[at]
