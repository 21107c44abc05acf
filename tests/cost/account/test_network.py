"""Gateways, load balancers and addresses on moto."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.cost.account.conftest import IMAGE, REGION, TAGS
from tests.cost.account.test_storage import saves
from trimtab.cost.model import Unpriced

if TYPE_CHECKING:
    from tests.cost.account.conftest import Account

OUT, BACK = "BytesOutToDestination", "BytesOutToSource"
GIB = 2.0**30


def network(shared: Account) -> tuple[str, list[str]]:
    ec2 = shared.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{place}.0/24", AvailabilityZone=f"{REGION}{zone}")
        for place, zone in enumerate("ab")
    ]
    return vpc, [one["Subnet"]["SubnetId"] for one in subnets]


def gateway(shared: Account, out: list[float], *, endpoint: bool = False) -> str:
    ec2 = shared.client("ec2")
    vpc, subnets = network(shared)
    if endpoint:
        ec2.create_vpc_endpoint(VpcId=vpc, ServiceName=f"com.amazonaws.{REGION}.s3", VpcEndpointType="Gateway")
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    made: str = ec2.create_nat_gateway(SubnetId=subnets[0], AllocationId=address)["NatGateway"]["NatGatewayId"]
    shared.measured("AWS/NATGateway", OUT, {"NatGatewayId": made}, out)
    shared.measured("AWS/NATGateway", BACK, {"NatGatewayId": made}, [0.0] * len(out))
    return made


def test_a_gateway_without_a_byte_is_unused(shared: Account) -> None:
    made = gateway(shared, [0.0] * 48)
    (found,) = shared.scan("nat-gateway", of=[made]).findings
    assert found.action == "delete"
    assert saves(found) == Decimal("32.85")  # 730 h at 0.045


def test_a_busy_gateway_beside_no_endpoint_is_worth_one(shared: Account) -> None:
    made = gateway(shared, [GIB] * 336)
    (found,) = shared.scan("nat-gateway", of=[made]).findings
    assert found.action == "add"
    assert "730.0 GiB a month" in found.reason
    assert isinstance(found.savings, Unpriced)


@pytest.mark.parametrize(("out", "endpoint"), [([GIB] * 24, True), ([], False)])
def test_a_gateway_that_is_right_or_not_known_is_left_alone(shared: Account, out: list[float], endpoint: bool) -> None:
    made = gateway(shared, out, endpoint=endpoint)
    assert shared.scan("nat-gateway", of=[made]).findings == ()


def balancer(shared: Account, name: str, *, targets: int) -> str:
    ec2, elb = shared.client("ec2"), shared.client("elbv2")
    vpc, subnets = network(shared)
    arn: str = elb.create_load_balancer(Name=name, Subnets=subnets, Tags=TAGS)["LoadBalancers"][0]["LoadBalancerArn"]
    group = elb.create_target_group(Name=name, Protocol="HTTP", Port=80, VpcId=vpc)["TargetGroups"][0]
    action: list[dict[str, Any]] = [{"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}]
    elb.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=action)
    for _ in range(targets):
        instance = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
        elb.register_targets(TargetGroupArn=group["TargetGroupArn"], Targets=[{"Id": instance}])
    return arn


def test_a_load_balancer_without_a_target_is_unused(shared: Account) -> None:
    balancer(shared, "empty", targets=0)
    balancer(shared, "full", targets=1)
    (found,) = shared.scan("load-balancer", of=["empty", "full"]).findings
    assert (found.resource_id, found.owner.team) == ("empty", "fraud")
    assert saves(found) == Decimal("16.42")  # 730 h at 0.0225


def test_one_that_answers_by_itself_is_used(shared: Account) -> None:
    name = balancer(shared, "redirect", targets=0).partition("loadbalancer/")[2]
    shared.measured("AWS/ApplicationELB", "RequestCount", {"LoadBalancer": name}, [0.0, 12.0])
    assert shared.scan("load-balancer", of=["redirect"]).findings == ()


def test_an_address_that_nothing_answers_at_is_released(shared: Account) -> None:
    ec2 = shared.client("ec2")
    free = ec2.allocate_address(Domain="vpc")["AllocationId"]
    used = ec2.allocate_address(Domain="vpc")["AllocationId"]
    instance = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    ec2.associate_address(AllocationId=used, InstanceId=instance)
    (found,) = shared.scan("elastic-ip", of=[free, used]).findings
    assert (found.resource_id, found.action) == (free, "release")
    assert saves(found) == Decimal("3.65")
