"""A GPU pool costs nothing while nobody trains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.pools import gpu_types_of
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.rules.tokens import SCALING_GROUP, SCALING_SCHEDULE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


class PoolConfig(RuleConfig):
    """What may stay on."""

    minimum: int = Field(0, ge=0, description="Largest floor that a GPU group without a schedule may have.")


def check(group: Resource, stack: Stack, config: PoolConfig) -> Messages:
    types = gpu_types_of(group, stack)
    if not types:
        return
    floor = group.props.number("minSize")
    if floor > config.minimum and not _is_scheduled_off(group, stack):
        yield f"keeps {floor:g} of {', '.join(types)} running, day and night"


def _is_scheduled_off(group: Resource, stack: Stack) -> bool:
    schedules = stack.referring((SCALING_SCHEDULE,), "autoscalingGroupName", group)
    return any(schedule.props.number("minSize", -1) == 0 for schedule in schedules)


RULE = StackRule(
    id="gpu-pool-scales-to-zero",
    title="GPU scaling groups can scale to zero",
    pack="cost",
    severity=Severity.HIGH,
    types=(SCALING_GROUP,),
    why="An idle p5.48xlarge costs more in a night than the engineer who forgot it earns in a week.",
    remedy="Let the group go to zero, or schedule it:",
    code=(
        'aws.autoscaling.Group("trainers", min_size=0, max_size=8, mixed_instances_policy=policy, '
        "vpc_zone_identifiers=subnets)"
    ),
    frameworks={Framework.ISO_42001: ("A.4.5",)},
    config=PoolConfig,
    check=check,
    fails=example(
        resource(
            SCALING_GROUP,
            "trainers",
            minSize=2,
            maxSize=8,
            mixedInstancesPolicy={"launchTemplate": {"overrides": [{"instanceType": "p5.48xlarge"}]}},
        )
    ),
    passes=example(
        resource(
            SCALING_GROUP,
            "trainers",
            minSize=0,
            maxSize=8,
            mixedInstancesPolicy={"launchTemplate": {"overrides": [{"instanceType": "p5.48xlarge"}]}},
        )
    ),
)
