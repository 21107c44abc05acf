"""VPCs and what lies in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local.awsprovider.cases.port import REGION, Case, World, fixed

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props

VPC = "aws:ec2/vpc:Vpc"
SUBNET = "aws:ec2/subnet:Subnet"
TABLE = "aws:ec2/routeTable:RouteTable"
GATEWAY = "aws:ec2/internetGateway:InternetGateway"
ADDRESS = "aws:ec2/eip:Eip"
GROUP = "aws:ec2/securityGroup:SecurityGroup"


def _lone_subnet(world: World) -> str:
    """A subnet of its own, that no other case associates."""
    ec2 = world.boto("ec2")
    wanted = {"VpcId": world.id(VPC), "CidrBlock": "10.0.200.0/24"}
    held = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [wanted["VpcId"]]}])["Subnets"]
    found = [each for each in held if each["CidrBlock"] == wanted["CidrBlock"]]
    return str((found[0] if found else ec2.create_subnet(**wanted)["Subnet"])["SubnetId"])


def _bucket_logs(world: World) -> Props:
    return {
        "vpcId": world.id(VPC),
        "logDestinationType": "s3",
        "logDestination": world.arn("aws:s3/bucket:Bucket"),
        "trafficType": "ALL",
        "tags": {"team": "ml"},
    }


def _endpoint(world: World) -> Props:
    return {
        "vpcId": world.id(VPC),
        "serviceName": f"com.amazonaws.{REGION}.ecr.api",
        "vpcEndpointType": "Interface",
        "subnetIds": [world.id(SUBNET)],
        "securityGroupIds": [world.id(GROUP)],
        "privateDnsEnabled": True,
        "tags": {"team": "ml"},
    }


def _https(cidr: str) -> Props:
    return {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": [cidr]}


def _rule(world: World) -> Props:
    return {
        "securityGroupId": world.id(GROUP),
        "ipProtocol": "tcp",
        "fromPort": 8443,
        "toPort": 8443,
        "cidrIpv4": "10.0.0.0/16",
        "description": "within",
        "tags": {"team": "ml"},
    }


def _dns_off(world: World, vpc: str, _outputs: Props) -> None:
    world.boto("ec2").modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": False})


def _public_addresses(world: World, subnet: str, _outputs: Props) -> None:
    world.boto("ec2").modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": False})


NETWORK: dict[str, Case] = {
    VPC: Case(
        inputs=fixed(cidrBlock="10.0.0.0/16", enableDnsSupport=True, enableDnsHostnames=True, tags={"a": "b"}),
        update=fixed(tags={"a": "c"}),
        replace=fixed(cidrBlock="10.1.0.0/16"),
        behind=_dns_off,
        seen="enableDnsHostnames",
    ),
    SUBNET: Case(
        inputs=lambda w: {
            "vpcId": w.id(VPC),
            "cidrBlock": f"10.0.{len(w.boto('ec2').describe_subnets()['Subnets'])}.0/24",
            "availabilityZone": f"{REGION}a",
            "tags": {"a": "b"},
        },
        update=fixed(mapPublicIpOnLaunch=True),
        replace=fixed(availabilityZone=f"{REGION}b"),
        behind=_public_addresses,
        seen="mapPublicIpOnLaunch",
    ),
    TABLE: Case(
        inputs=lambda w: {"vpcId": w.id(VPC), "tags": {"a": "b"}},
        update=lambda w: {"routes": [{"cidrBlock": "0.0.0.0/0", "gatewayId": w.id(GATEWAY)}]},
        replace=fixed(vpcId="vpc-other"),
    ),
    GATEWAY: Case(
        inputs=lambda w: {"vpcId": w.boto("ec2").create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]},
        update=fixed(tags={"a": "c"}),
    ),
    "aws:ec2/route:Route": Case(
        inputs=lambda w: {
            "routeTableId": w.id(TABLE),
            "destinationCidrBlock": "0.0.0.0/0",
            "gatewayId": w.id(GATEWAY),
        },
        replace=fixed(destinationCidrBlock="10.8.0.0/16"),
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": Case(
        inputs=lambda w: {"routeTableId": w.id(TABLE), "subnetId": _lone_subnet(w)},
        replace=fixed(subnetId="subnet-other"),
    ),
    ADDRESS: Case(inputs=fixed(domain="vpc", tags={"a": "b"}), update=fixed(tags={"a": "c"})),
    "aws:ec2/natGateway:NatGateway": Case(
        inputs=lambda w: {"subnetId": w.id(SUBNET), "allocationId": w.id(ADDRESS), "tags": {"a": "b"}},
        update=fixed(tags={"a": "c"}),
        replace=fixed(subnetId="subnet-other"),
    ),
    GROUP: Case(
        inputs=lambda w: {
            "vpcId": w.id(VPC),
            "description": "endpoints",
            "ingress": [_https("10.0.0.0/16")],
            "egress": [_https("0.0.0.0/0")],
            "tags": {"a": "b"},
        },
        update=fixed(ingress=[_https("10.0.0.0/8")]),
        replace=fixed(description="other"),
    ),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": Case(
        inputs=lambda w: {"vpcId": w.id(VPC), "tags": {"a": "b"}}, update=fixed(tags={"a": "c"}), stays=True
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": Case(
        inputs=_rule, update=fixed(tags={"team": "risk"}), replace=fixed(cidrIpv4="10.0.0.0/8")
    ),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": Case(
        inputs=_rule, update=fixed(tags={"team": "risk"}), replace=fixed(cidrIpv4="10.0.0.0/8")
    ),
    "aws:ec2/vpcEndpoint:VpcEndpoint": Case(
        inputs=_endpoint,
        update=fixed(securityGroupIds=[], privateDnsEnabled=False),
        replace=fixed(serviceName=f"com.amazonaws.{REGION}.sagemaker.api"),
    ),
    "aws:ec2/flowLog:FlowLog": Case(
        inputs=_bucket_logs, update=fixed(tags={"team": "risk"}), replace=fixed(trafficType="REJECT")
    ),
}
