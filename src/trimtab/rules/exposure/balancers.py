"""Load balancers that the internet reaches, and the target groups that their listeners forward to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.exposure.cloudfront import behind_vpc_origins
from trimtab.rules.exposure.gateways import linked_balancers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props

BALANCERS = ("aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer")
LISTENERS = ("aws:lb/listener:Listener", "aws:alb/listener:Listener")
LISTENER_RULES = ("aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule")
TARGET_GROUPS = ("aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup")
ATTACHMENTS = (
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    "aws:alb/targetGroupAttachment:TargetGroupAttachment",
)
HOW = "a public load balancer"


def open_target_groups(stack: Stack) -> list[Resource]:
    """Target groups that a listener of an open load balancer, or a rule of that listener, forwards to."""
    found: dict[str, Resource] = {}
    for balancer in _open(stack):
        for listener in stack.referring(LISTENERS, "loadBalancerArn", balancer):
            rules = stack.referring(LISTENER_RULES, "listenerArn", listener)
            for holder, name in ((listener, "defaultActions"), *((rule, "actions") for rule in rules)):
                for action in holder.props.blocks(name):
                    found.update((group.urn, group) for group in _forwarded(holder, action, stack))
    return list(found.values())


def attached(target: Resource, stack: Stack) -> list[Resource]:
    """The target groups that a machine or a function is registered in by an attachment."""
    return [
        group
        for attachment in stack.of(*ATTACHMENTS)
        if stack.refers(attachment, "targetId", target)
        for group in stack.referred(attachment, "targetGroupArn", TARGET_GROUPS)
    ]


def names_one(holder: Resource, name: str, groups: list[Resource], stack: Stack, view: Props | None = None) -> bool:
    """Whether a property names one of the target groups."""
    return any(stack.refers(holder, name, group, view=view) for group in groups)


def _open(stack: Stack) -> Iterator[Resource]:
    yield from (balancer for balancer in stack.of(*BALANCERS) if not balancer.props.flag("internal"))
    yield from linked_balancers(stack, BALANCERS, LISTENERS)
    yield from behind_vpc_origins(stack, BALANCERS)


def _forwarded(holder: Resource, action: Props, stack: Stack) -> Iterator[Resource]:
    yield from stack.referred(holder, "targetGroupArn", TARGET_GROUPS, view=action)
    for forward in action.blocks("forward"):
        for share in forward.blocks("targetGroups"):
            yield from stack.referred(holder, "arn", TARGET_GROUPS, view=share)
