"""The way out, where one is asked for: an internet gateway, and NAT gateways in small public subnets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.network.addresses import public_blocks
from trimtab.components.network.vpc import named, route_table, subnet

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.network.vpc import Vpc
    from trimtab.spec.network import NewNetwork

EVERYWHERE = "0.0.0.0/0"


def outbound(component: Component, spec: NewNetwork, vpc: Vpc) -> None:
    """Lead the private subnets of `vpc` to the internet through one NAT gateway, or through one a zone."""
    if spec.nat == "none":
        return
    internet = aws.ec2.InternetGateway(
        f"{component.name}-internet", vpc_id=vpc.vpc.id, tags=named(component, "internet"), opts=component.child()
    )
    count = spec.zones if spec.nat == "per-zone" else 1
    public = [
        subnet(component, vpc.vpc, f"public-{number}", str(block), vpc.zones[number])
        for number, block in enumerate(public_blocks(spec.cidr, count))
    ]
    table = route_table(component, vpc.vpc, "public", *public)
    aws.ec2.Route(
        f"{component.name}-public-out",
        route_table_id=table.id,
        destination_cidr_block=EVERYWHERE,
        gateway_id=internet.id,
        opts=component.child(),
    )
    gateways = [_nat(component, number, member, internet) for number, member in enumerate(public)]
    for number, routes in enumerate(vpc.routes):
        aws.ec2.Route(
            f"{component.name}-private-{number}-out",
            route_table_id=routes.id,
            destination_cidr_block=EVERYWHERE,
            nat_gateway_id=gateways[number % count].id,
            opts=component.child(),
        )


def _nat(
    component: Component, number: int, home: aws.ec2.Subnet, internet: aws.ec2.InternetGateway
) -> aws.ec2.NatGateway:
    address = aws.ec2.Eip(
        f"{component.name}-nat-{number}",
        domain="vpc",
        tags=named(component, f"nat-{number}"),
        opts=component.child(depends_on=[internet]),
    )
    return aws.ec2.NatGateway(
        f"{component.name}-nat-{number}",
        subnet_id=home.id,
        allocation_id=address.id,
        tags=named(component, f"nat-{number}"),
        opts=component.child(depends_on=[internet]),
    )
