"""Who may talk to a node: its peers, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.components.security_groups import among_peers, closed_group, out_by_tls

if TYPE_CHECKING:
    import pulumi_aws as aws

    from trimtab.components.base import Component
    from trimtab.components.training_pool.args import TrainingPoolArgs


def node_security_group(component: Component, args: TrainingPoolArgs) -> aws.ec2.SecurityGroup:
    """Return the security group of the nodes and of their Lustre file system."""
    tags = component.tags(model=args["spec"].model)
    group = closed_group(component, args["vpc_id"], f"pool {args['spec'].name}: peers only", tags)
    among_peers(component, group, tags, why="Gradients between nodes, Lustre")
    why = "TLS to AWS services and, where the network has a NAT, to package indexes"
    out_by_tls(component, group, tags, logical=f"{component.name}-https", why=why)
    return group
