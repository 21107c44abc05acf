"""Security groups of work that serves nobody from outside: out by TLS, and peers among themselves where they talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pulumi

    from trimtab.components.base import Component

HTTPS = 443
EVERYTHING = "-1"
"""EFA needs every protocol in both directions between members of the group (EFA user guide, "security group")."""


def closed_group(
    component: Component, vpc_id: pulumi.Input[str], purpose: str, tags: Mapping[str, str]
) -> aws.ec2.SecurityGroup:
    """Return a group of `component` that lets nothing in and nothing out; `purpose` ends its description."""
    return aws.ec2.SecurityGroup(
        f"{component.name}-sg",
        description=f"{component.context.prefix} {purpose}",
        vpc_id=vpc_id,
        tags=tags,
        opts=component.child(),
    )


def out_by_tls(
    component: Component, group: aws.ec2.SecurityGroup, tags: Mapping[str, str], *, logical: str, why: str
) -> None:
    """Let the members of `group` call HTTPS addresses; `logical` is the rule's name in the stack."""
    aws.vpc.SecurityGroupEgressRule(
        logical,
        security_group_id=group.id,
        description=why,
        ip_protocol="tcp",
        from_port=HTTPS,
        to_port=HTTPS,
        cidr_ipv4="0.0.0.0/0",
        tags=tags,
        opts=component.child(),
    )


def among_peers(component: Component, group: aws.ec2.SecurityGroup, tags: Mapping[str, str], *, why: str) -> None:
    """Let the members of `group` talk to each other, by every protocol."""
    for direction, rule in (
        ("from-peers", aws.vpc.SecurityGroupIngressRule),
        ("to-peers", aws.vpc.SecurityGroupEgressRule),
    ):
        rule(
            f"{component.name}-{direction}",
            security_group_id=group.id,
            referenced_security_group_id=group.id,
            description=why,
            ip_protocol=EVERYTHING,
            tags=tags,
            opts=component.child(),
        )
