"""Who may talk to a node: its peers, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.training_pool.args import TrainingPoolArgs

HTTPS = 443
EVERYTHING = "-1"
"""EFA needs every protocol in both directions between members of the group (EFA user guide, "security group")."""


def node_security_group(component: Component, args: TrainingPoolArgs) -> aws.ec2.SecurityGroup:
    """Return the security group of the nodes and of their Lustre file system."""
    tags = component.tags(model=args["spec"].model)
    group = aws.ec2.SecurityGroup(
        f"{component.name}-sg",
        description=f"{component.context.prefix} pool {args['spec'].name}: peers only",
        vpc_id=args["vpc_id"],
        tags=tags,
        opts=component.child(),
    )
    aws.vpc.SecurityGroupIngressRule(
        f"{component.name}-from-peers",
        security_group_id=group.id,
        referenced_security_group_id=group.id,
        description="Gradients between nodes, Lustre",
        ip_protocol=EVERYTHING,
        tags=tags,
        opts=component.child(),
    )
    aws.vpc.SecurityGroupEgressRule(
        f"{component.name}-to-peers",
        security_group_id=group.id,
        referenced_security_group_id=group.id,
        description="Gradients between nodes, Lustre",
        ip_protocol=EVERYTHING,
        tags=tags,
        opts=component.child(),
    )
    aws.vpc.SecurityGroupEgressRule(
        f"{component.name}-https",
        security_group_id=group.id,
        description="TLS to AWS services and, where the network has a NAT, to package indexes",
        ip_protocol="tcp",
        from_port=HTTPS,
        to_port=HTTPS,
        cidr_ipv4="0.0.0.0/0",
        tags=tags,
        opts=component.child(),
    )
    return group
