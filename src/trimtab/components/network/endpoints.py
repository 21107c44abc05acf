"""AWS services reached without leaving the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.network.vpc import named

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.network.vpc import Vpc
    from trimtab.spec.network import NewNetwork

HTTPS = 443
GATEWAYS = ("s3", "dynamodb")
SERVICES = {
    "ecr": ("ecr.api", "ecr.dkr"),
    "sagemaker": ("sagemaker.api", "sagemaker.runtime"),
    "cloudwatch": ("monitoring", "logs"),
    "sts": ("sts",),
    "kms": ("kms",),
}
"""A service of the declaration → the endpoint services that it takes."""


def gateway_endpoints(component: Component, vpc: Vpc, region: pulumi.Output[str]) -> None:
    """Route S3 and DynamoDB of every private subnet through gateway endpoints, which cost nothing."""
    for service in GATEWAYS:
        aws.ec2.VpcEndpoint(
            f"{component.name}-{service}",
            vpc_id=vpc.vpc.id,
            service_name=_service_name(region, service),
            vpc_endpoint_type="Gateway",
            route_table_ids=[table.id for table in vpc.routes],
            tags=named(component, service),
            opts=component.child(),
        )


def interface_endpoints(
    component: Component, spec: NewNetwork, vpc: Vpc, region: pulumi.Output[str]
) -> aws.ec2.SecurityGroup | None:
    """Make the interface endpoints that `spec` names; return their security group, None where it names none."""
    services = [endpoint for service in spec.interface_endpoints for endpoint in SERVICES[service]]
    if not services:
        return None
    group = _open_to(component, vpc.vpc)
    for service in services:
        label = service.replace(".", "-")
        aws.ec2.VpcEndpoint(
            f"{component.name}-{label}",
            vpc_id=vpc.vpc.id,
            service_name=_service_name(region, service),
            vpc_endpoint_type="Interface",
            private_dns_enabled=True,
            subnet_ids=[subnet.id for subnet in vpc.private],
            security_group_ids=[group.id],
            tags=named(component, label),
            opts=component.child(),
        )
    return group


def _open_to(component: Component, vpc: aws.ec2.Vpc) -> aws.ec2.SecurityGroup:
    """Return a security group that the VPC reaches over HTTPS and that reaches nothing itself."""
    group = aws.ec2.SecurityGroup(
        f"{component.name}-endpoints",
        description=f"{component.context.prefix} {component.name}: HTTPS from the VPC to AWS services",
        vpc_id=vpc.id,
        tags=named(component, "endpoints"),
        opts=component.child(),
    )
    aws.vpc.SecurityGroupIngressRule(
        f"{component.name}-endpoints-https",
        security_group_id=group.id,
        description="HTTPS from the VPC",
        cidr_ipv4=vpc.cidr_block,
        ip_protocol="tcp",
        from_port=HTTPS,
        to_port=HTTPS,
        tags=named(component, "endpoints"),
        opts=component.child(),
    )
    return group


def _service_name(region: pulumi.Output[str], service: str) -> pulumi.Output[str]:
    return pulumi.Output.format("com.amazonaws.{}.{}", region, service)
