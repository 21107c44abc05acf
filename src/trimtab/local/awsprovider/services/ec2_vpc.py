"""VPCs and subnets, whose attributes EC2 sets one call each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.ec2_tags import ec2_tags

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_VPC_ATTRIBUTES = {"enableDnsSupport": "EnableDnsSupport", "enableDnsHostnames": "EnableDnsHostnames"}
_SUBNET_ATTRIBUTES = {
    "mapPublicIpOnLaunch": "MapPublicIpOnLaunch",
    "assignIpv6AddressOnCreation": "AssignIpv6AddressOnCreation",
}


def _vpc_attributes(ctx: Context, vpc: str, inputs: Props) -> None:
    for name, member in _VPC_ATTRIBUTES.items():
        if inputs.get(name) is not None:
            ctx.client("ec2").modify_vpc_attribute(VpcId=vpc, **{member: {"Value": inputs[name]}})


def _complete_vpc(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    ec2 = ctx.client("ec2")
    vpc = answer["VpcId"]
    for name, member in _VPC_ATTRIBUTES.items():
        attribute = member[0].lower() + member[1:]
        props[name] = ec2.describe_vpc_attribute(VpcId=vpc, Attribute=attribute)[member]["Value"]
    mine = [{"Name": "vpc-id", "Values": [vpc]}]
    groups = ec2.describe_security_groups(Filters=[*mine, {"Name": "group-name", "Values": ["default"]}])
    tables = ec2.describe_route_tables(Filters=[*mine, {"Name": "association.main", "Values": ["true"]}])
    acls = ec2.describe_network_acls(Filters=[*mine, {"Name": "default", "Values": ["true"]}])
    found = {
        "defaultSecurityGroupId": [group["GroupId"] for group in groups["SecurityGroups"]],
        "mainRouteTableId": [table["RouteTableId"] for table in tables["RouteTables"]],
        "defaultRouteTableId": [table["RouteTableId"] for table in tables["RouteTables"]],
        "defaultNetworkAclId": [acl["NetworkAclId"] for acl in acls["NetworkAcls"]],
    }
    props.update({name: ids[0] for name, ids in found.items() if ids})
    props["ownerId"] = ctx.account


def _update_vpc(ctx: Context, vpc: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _VPC.do_update(ctx, vpc, state, inputs, changed)
    _vpc_attributes(ctx, vpc, {name: inputs.get(name) for name in changed & _VPC_ATTRIBUTES.keys()})


_VPC = Api(
    service="ec2",
    create="create_vpc",
    id_from="Vpc.VpcId",
    read="describe_vpcs",
    read_by={"VpcIds": "[{id}]"},
    root="Vpcs[0]",
    delete="delete_vpc",
    delete_by={"VpcId": "{id}"},
    rename={"AmazonProvidedIpv6CidrBlock": "assignGeneratedIpv6CidrBlock"},
    outputs={"arn": "arn:{partition}:ec2:{region}:{account}:vpc/{id}"},
    tagging=ec2_tags("vpc"),
    after=_vpc_attributes,
    complete=_complete_vpc,
)
_VPC_CALLS = api(_VPC)


def _subnet_attributes(ctx: Context, subnet: str, inputs: Props) -> None:
    for name, member in _SUBNET_ATTRIBUTES.items():
        if inputs.get(name) is not None:
            ctx.client("ec2").modify_subnet_attribute(SubnetId=subnet, **{member: {"Value": inputs[name]}})


def _update_subnet(ctx: Context, subnet: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _SUBNET.do_update(ctx, subnet, state, inputs, changed)
    wanted = {name: inputs.get(name, False) for name in changed & _SUBNET_ATTRIBUTES.keys()}
    _subnet_attributes(ctx, subnet, wanted)


_SUBNET = Api(
    service="ec2",
    create="create_subnet",
    id_from="Subnet.SubnetId",
    read="describe_subnets",
    read_by={"SubnetIds": "[{id}]"},
    root="Subnets[0]",
    delete="delete_subnet",
    delete_by={"SubnetId": "{id}"},
    rename={"SubnetArn": "arn"},
    tagging=ec2_tags("subnet"),
    after=_subnet_attributes,
)
_SUBNET_CALLS = api(_SUBNET)

EC2_VPC: dict[str, Resource] = {
    "aws:ec2/vpc:Vpc": Resource(
        create=_VPC_CALLS.create,
        read=_VPC_CALLS.read,
        update=_update_vpc,
        delete=_VPC_CALLS.delete,
        replace=frozenset({"cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"}),
    ),
    "aws:ec2/subnet:Subnet": Resource(
        create=_SUBNET_CALLS.create,
        read=_SUBNET_CALLS.read,
        update=_update_subnet,
        delete=_SUBNET_CALLS.delete,
        replace=frozenset({"vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId", "ipv6Native"}),
    ),
}
