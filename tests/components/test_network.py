"""The network through the real engine: what it opens, what it keeps shut, what it looks up."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from tests.components.single import Single, single, untagged
from trimtab.components.network.addresses import private_blocks, public_blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"


def new(make: Callable[..., Workspace], **spec: object) -> Single:
    return single(make, "network:Network", "network:NewNetwork", spec, name="network")


@pytest.mark.engine
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
    assert group.inputs["retentionInDays"] == 90
    assert group.inputs["kmsKeyId"] == made.only("aws:kms/key:Key").outputs["arn"]
    made.leaves_nothing()
    assert ec2.describe_vpcs(Filters=[{"Name": "vpc-id", "Values": [outputs["vpcId"]]}])["Vpcs"] == []
