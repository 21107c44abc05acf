"""Machines that answer the internet: alone or in a group, by an address of their own or behind a load balancer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import tokens as t
from trimtab.rules.exposure.balancers import HOW, attached, names_one, open_target_groups
from trimtab.rules.exposure.cloudfront import behind_vpc_origins
from trimtab.rules.exposure.model import Exposed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack

PROFILE = "aws:iam/instanceProfile:InstanceProfile"
ADDRESS = "aws:ec2/eip:Eip"
ADDRESS_OF = "aws:ec2/eipAssociation:EipAssociation"
GROUP_ATTACHMENT = "aws:autoscaling/attachment:Attachment"


def open_machines(stack: Stack) -> Iterator[Exposed]:
    """Every machine and every group of machines that answers the internet."""
    groups = open_target_groups(stack)
    for instance in stack.of(t.INSTANCE):
        how = _how(instance, groups, stack)
        for profile in _profiles(instance, stack) if how else ():
            yield Exposed(instance, how, profile, "role", groups=("vpcSecurityGroupIds", instance.props))
    for fleet in stack.of(t.SCALING_GROUP) if groups else ():
        if _is_behind(fleet, groups, stack):
            yield from _of_fleet(fleet, stack)


def _how(instance: Resource, groups: list[Resource], stack: Stack) -> str:
    subnets = stack.referred(instance, "subnetId", (t.SUBNET,))
    public = any(subnet.props.flag("mapPublicIpOnLaunch") for subnet in subnets)
    if instance.props.flag("associatePublicIpAddress", default=public):
        return "a public address"
    if stack.referring((ADDRESS,), "instance", instance) or stack.referring((ADDRESS_OF,), "instanceId", instance):
        return "a public address"
    if any(one.urn == instance.urn for one in behind_vpc_origins(stack, (t.INSTANCE,))):
        return "CloudFront before it"
    behind = {group.urn for group in attached(instance, stack)} if groups else set()
    return HOW if any(group.urn in behind for group in groups) else ""


def _profiles(instance: Resource, stack: Stack) -> list[Resource]:
    """What holds its role; the machine itself where no profile of the stack does."""
    return stack.referred(instance, "iamInstanceProfile", (PROFILE,)) or [instance]


def _is_behind(fleet: Resource, groups: list[Resource], stack: Stack) -> bool:
    if names_one(fleet, "targetGroupArns", groups, stack):
        return True
    return any(
        names_one(attachment, "lbTargetGroupArn", groups, stack)
        for attachment in stack.referring((GROUP_ATTACHMENT,), "autoscalingGroupName", fleet)
    )


def _of_fleet(fleet: Resource, stack: Stack) -> Iterator[Exposed]:
    mixed = fleet.props.block("mixedInstancesPolicy").block("launchTemplate").block("launchTemplateSpecification")
    for view, names in ((fleet.props.block("launchTemplate"), ("id", "name")), (mixed, _MIXED)):
        for name in names:
            for template in stack.referred(fleet, name, (t.LAUNCH_TEMPLATE,), view=view):
                profile = template.props.block("iamInstanceProfile")
                for field in ("name", "arn"):
                    for found in stack.referred(template, field, (PROFILE,), view=profile):
                        network = ("vpcSecurityGroupIds", template.props)
                        yield Exposed(fleet, HOW, found, "role", groups=network, network=template)


_MIXED = ("launchTemplateId", "launchTemplateName")
