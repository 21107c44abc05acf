"""Where a component's data services lie in the network, and which of its groups may reach them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import pulumi

    from trimtab.components.base import Component

WIRED = ("vpc_id", "subnet_ids", "client_security_group_id")


@dataclass(frozen=True)
class DataPlace:
    """A private place in a VPC.

    Attributes:
        vpc_id: the VPC.
        subnet_ids: private subnets, in two zones at least.
        client_security_group_id: of the cluster's nodes or pods: who may connect.
    """

    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    client_security_group_id: pulumi.Input[str]

    def door(self, component: Component, label: str, *, port: int, what: str) -> aws.ec2.SecurityGroup:
        """Return a security group that lets the clients in at one port, and nothing out."""
        group = aws.ec2.SecurityGroup(
            label,
            description=f"{component.context.prefix} {component.name}: {what}",
            vpc_id=self.vpc_id,
            tags=component.tags(),
            opts=component.child(),
        )
        aws.vpc.SecurityGroupIngressRule(
            f"{label}-clients",
            security_group_id=group.id,
            referenced_security_group_id=self.client_security_group_id,
            description=f"{what}, from the cluster",
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            tags=component.tags(),
            opts=component.child(),
        )
        return group


def data_place(name: str, args: Mapping[str, Any], *, what: str) -> DataPlace:
    """Return the place that a component was wired to.

    Raises:
        UserError: an input that it needs is not wired.
    """
    missing = [key for key in WIRED if args.get(key) is None]
    if missing:
        raise UserError(
            f"{name}: {what} needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not wired",
            remedy=f"pass {', '.join(WIRED)} of the cluster's network, or declare another type.",
        )
    return DataPlace(args["vpc_id"], args["subnet_ids"], args["client_security_group_id"])
