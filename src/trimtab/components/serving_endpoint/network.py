"""Where the model's containers live: private subnets, and a security group that lets nothing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.security_groups import closed_group, out_by_tls
from trimtab.spec.serving_capacity import Serverless

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.serving_endpoint.args import ServingEndpointArgs


def vpc_config(component: Component, args: ServingEndpointArgs) -> aws.sagemaker.ModelVpcConfigArgs | None:
    """Return the network of the models; None for serverless inference, which has no VPC configuration."""
    if isinstance(args["spec"].capacity, Serverless):
        return None
    tags = component.tags(model=args["spec"].model.group)
    group = closed_group(component, args["vpc_id"], f"endpoint {args['spec'].name}: out by TLS, nothing in", tags)
    why = "TLS to AWS services and, where the network has a NAT, to the model hub"
    out_by_tls(component, group, tags, logical=f"{component.name}-sg-https", why=why)
    return aws.sagemaker.ModelVpcConfigArgs(security_group_ids=[group.id], subnets=args["subnet_ids"])
