"""Where the model's containers live: private subnets, and a security group that lets nothing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.spec.serving_capacity import Serverless

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.serving_endpoint.args import ServingEndpointArgs

HTTPS = 443


def vpc_config(component: Component, args: ServingEndpointArgs) -> aws.sagemaker.ModelVpcConfigArgs | None:
    """Return the network of the models; None for serverless inference, which has no VPC configuration."""
    if isinstance(args["spec"].capacity, Serverless):
        return None
    group = aws.ec2.SecurityGroup(
        f"{component.name}-sg",
        description=f"{component.context.prefix} endpoint {args['spec'].name}: out by TLS, nothing in",
        vpc_id=args["vpc_id"],
        tags=component.tags(model=args["spec"].model.group),
        opts=component.child(),
    )
    aws.vpc.SecurityGroupEgressRule(
        f"{component.name}-sg-https",
        security_group_id=group.id,
        description="TLS to AWS services and, where the network has a NAT, to the model hub",
        ip_protocol="tcp",
        from_port=HTTPS,
        to_port=HTTPS,
        cidr_ipv4="0.0.0.0/0",
        tags=component.tags(model=args["spec"].model.group),
        opts=component.child(),
    )
    return aws.sagemaker.ModelVpcConfigArgs(security_group_ids=[group.id], subnets=args["subnet_ids"])
