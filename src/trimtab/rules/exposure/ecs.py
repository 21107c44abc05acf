"""ECS services behind an open load balancer, or with public addresses of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.exposure.balancers import HOW, names_one, open_target_groups
from trimtab.rules.exposure.model import Exposed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack

ECS_SERVICE = "aws:ecs/service:Service"
ECS_TASK = "aws:ecs/taskDefinition:TaskDefinition"


def open_ecs_services(stack: Stack) -> Iterator[Exposed]:
    """Every service that answers the internet, with the role of its task."""
    services = stack.of(ECS_SERVICE)
    groups = open_target_groups(stack) if services else []
    for service in services:
        how = _how(service, groups, stack)
        for task in stack.referred(service, "taskDefinition", (ECS_TASK,)) if how else ():
            network = service.props.block("networkConfiguration")
            yield Exposed(service, how, task, "taskRoleArn", groups=("securityGroups", network))


def _how(service: Resource, groups: list[Resource], stack: Stack) -> str:
    if service.props.block("networkConfiguration").flag("assignPublicIp"):
        return "a public address"
    views = service.props.blocks("loadBalancers")
    behind = any(names_one(service, "targetGroupArn", groups, stack, view=view) for view in views)
    return HOW if behind else ""
