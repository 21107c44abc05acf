"""Training data does not pass a NAT gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import NAT_GATEWAY, SUBNET, VPC, VPC_ENDPOINT

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(vpc: Resource, stack: Stack, _: RuleConfig) -> Messages:
    subnets = stack.referring((SUBNET,), "vpcId", vpc)
    behind = any(stack.refers(gateway, "subnetId", subnet) for gateway in stack.of(NAT_GATEWAY) for subnet in subnets)
    if behind and not any(_serves_s3(one) for one in stack.referring((VPC_ENDPOINT,), "vpcId", vpc)):
        yield "reaches S3 through a NAT gateway"


def _serves_s3(endpoint: Resource) -> bool:
    return endpoint.props.text("serviceName").endswith(".s3")


RULE = StackRule(
    id="s3-gateway-endpoint",
    title="VPCs with a NAT gateway have an S3 gateway endpoint",
    pack="cost",
    severity=Severity.MEDIUM,
    types=(VPC,),
    why=("A NAT gateway charges for each gigabyte, a gateway endpoint charges nothing; training reads terabytes."),
    remedy="Add the endpoint:",
    code=(
        'aws.ec2.VpcEndpoint("s3", vpc_id=vpc.id, service_name="com.amazonaws.eu-west-1.s3", '
        "route_table_ids=route_table_ids)"
    ),
    frameworks={Framework.ISO_42001: ("A.4.5",)},
    check=check,
    fails=example(
        resource(VPC, "main"),
        resource(SUBNET, "public", vpcId="main-id"),
        resource(NAT_GATEWAY, "main", subnetId="public-id"),
    ),
    passes=example(
        resource(VPC, "main"),
        resource(SUBNET, "public", vpcId="main-id"),
        resource(NAT_GATEWAY, "main", subnetId="public-id"),
        resource(VPC_ENDPOINT, "s3", vpcId="main-id", serviceName="com.amazonaws.eu-west-1.s3"),
    ),
)
