"""The network through the real engine: what it opens, what it keeps shut, what it looks up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.components.single import PROGRAM, Single, single, untagged, wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

pytestmark = pytest.mark.engine
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"


def new(make: Callable[..., Workspace], **spec: object) -> Single:
    return single(make, "network:Network", "network:NewNetwork", spec, name="network")


def existing(make: Callable[..., Workspace], vpc: str, subnets: list[str]) -> Workspace:
    spec = {"type": "existing", "vpcId": vpc, "privateSubnetIds": subnets}
    return make(PROGRAM, config={"single:component": wanted("network:Network", "network:ExistingNetwork", spec)})


def default_vpc(ec2: Any) -> tuple[str, list[dict[str, Any]]]:
    (vpc,) = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc["VpcId"]]}])["Subnets"]
    return vpc["VpcId"], sorted(subnets, key=lambda subnet: str(subnet["AvailabilityZone"]))


def nothing_is_open(made: Single) -> None:
    shut = made.only("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
    assert not shut.inputs.get("ingress")
    assert not shut.inputs.get("egress")
    (rule,) = made.result.of_type("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert (rule.inputs["cidrIpv4"], rule.inputs["fromPort"], rule.inputs["toPort"]) == ("10.40.0.0/16", 443, 443)
    assert made.result.of_type("aws:ec2/internetGateway:InternetGateway") == []
    trust = made.document("aws:iam/role:Role", "network-flow-logs", "assumeRolePolicy")["Statement"][0]
    assert trust["Principal"] == {"Service": "vpc-flow-logs.amazonaws.com"}
    assert set(trust["Condition"]) == {"StringEquals", "ArnLike"}


def test_defaults_come_up_stay_and_go(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    made = new(make_workspace)
    made.is_stable()
    assert untagged(made.result) == []
    outputs = made.outputs
    ec2 = local_cloud.client("ec2")
    subnets = ec2.describe_subnets(SubnetIds=outputs["subnetIds"])["Subnets"]
    assert {subnet["VpcId"] for subnet in subnets} == {outputs["vpcId"]}
    assert sorted(subnet["AvailabilityZone"] for subnet in subnets) == outputs["zones"]
    assert not any(subnet["MapPublicIpOnLaunch"] for subnet in subnets)
    services = {
        r.inputs["serviceName"].removeprefix("com.amazonaws.").split(".", 1)[1] for r in made.result.of_type(ENDPOINT)
    }
    assert services == {
        "s3", "dynamodb", "ecr.api", "ecr.dkr", "sagemaker.api", "sagemaker.runtime", "monitoring", "logs",
    }  # fmt: skip
    flow_log = made.only("aws:ec2/flowLog:FlowLog")
    group = made.only("aws:cloudwatch/logGroup:LogGroup")
    assert flow_log.inputs["trafficType"] == "ALL"
    # A service tries a role out when it is given it: what the role may do stands first.
    assert any("aws:iam/rolePolicy:RolePolicy" in urn for urn in flow_log.raw["dependencies"])
    assert group.inputs["retentionInDays"] == 365
    assert group.inputs["kmsKeyId"] == made.only("aws:kms/key:Key").outputs["arn"]
    nothing_is_open(made)
    assert made.findings() == []
    made.leaves_nothing()
    assert ec2.describe_vpcs(Filters=[{"Name": "vpc-id", "Values": [outputs["vpcId"]]}])["Vpcs"] == []


def test_a_way_out_through_one_gateway_a_zone(
    make_workspace: Callable[..., Workspace], local_cloud: LocalCloud
) -> None:
    made = new(make_workspace, nat="per-zone", cidr="10.7.0.0/20", zones=3, interfaceEndpoints=[])
    made.is_stable()
    assert made.outputs.get("endpointSecurityGroupId") is None
    assert [subnet.inputs["cidrBlock"] for subnet in made.result.of_type("aws:ec2/subnet:Subnet")].count(
        "10.7.0.0/23"
    ) == 1
    ec2 = local_cloud.client("ec2")
    tables = ec2.describe_route_tables(
        Filters=[{"Name": "association.subnet-id", "Values": made.outputs["subnetIds"]}]
    )["RouteTables"]
    ways = [route["NatGatewayId"] for table in tables for route in table["Routes"] if "NatGatewayId" in route]
    assert len(set(ways)) == 3
    private = ec2.describe_subnets(SubnetIds=made.outputs["subnetIds"])["Subnets"]
    assert not any(subnet["MapPublicIpOnLaunch"] for subnet in private)
    made.leaves_nothing()


def test_more_zones_than_the_region_has(make_workspace: Callable[..., Workspace]) -> None:
    spec = {"zones": 6}
    refused = make_workspace(
        PROGRAM,
        config={
            "aws:region": "eu-central-1",
            "single:component": wanted("network:Network", "network:NewNetwork", spec),
        },
    ).preview(check=False)
    assert refused.code != 0
    assert "network.zones = 6: the region has 3 availability zones" in refused.output
    assert "remedy: lower network.zones" in refused.output


def test_an_existing_vpc_is_looked_up(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    vpc, subnets = default_vpc(local_cloud.client("ec2"))
    chosen = [subnet["SubnetId"] for subnet in subnets[:2]]
    workspace = existing(make_workspace, vpc, chosen)
    made = Single(workspace, workspace.up(), "Network")
    made.is_stable()
    assert made.outputs["vpcId"] == vpc
    assert made.outputs["subnetIds"] == chosen
    assert made.outputs["zones"] == [subnet["AvailabilityZone"] for subnet in subnets[:2]]
    assert [resource.type for resource in made.result.resources if resource.type.startswith("aws:")] == []


def test_an_existing_vpc_that_does_not_fit(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    ec2 = local_cloud.client("ec2")
    vpc, subnets = default_vpc(ec2)
    other = ec2.create_vpc(CidrBlock="10.99.0.0/16")["Vpc"]["VpcId"]
    zone = subnets[0]["AvailabilityZone"]
    stray = ec2.create_subnet(VpcId=other, CidrBlock="10.99.0.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
    twin = ec2.create_subnet(VpcId=vpc, CidrBlock="172.31.240.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
    first = str(subnets[0]["SubnetId"])
    elsewhere = existing(make_workspace, vpc, [first, stray]).preview(check=False)
    assert f"network.privateSubnetIds[1] = {stray}: it lies in {other}" in elsewhere.output
    one_zone = existing(make_workspace, vpc, [first, twin]).preview(check=False)
    assert f"all lie in {zone}; allowed: subnets in 2 zones or more" in one_zone.output
    assert elsewhere.code != 0
    assert one_zone.code != 0
    ec2.delete_subnet(SubnetId=twin)
    ec2.delete_subnet(SubnetId=stray)
    ec2.delete_vpc(VpcId=other)
