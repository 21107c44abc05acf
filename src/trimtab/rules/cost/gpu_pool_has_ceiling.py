"""A mistake cannot start a hundred GPU machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.pools import gpu_types_of
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.rules.tokens import LAUNCH_TEMPLATE, SCALING_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


class CeilingConfig(RuleConfig):
    """How many machines are too many."""

    maximum: int = Field(32, ge=1, description="Most machines that one GPU group may start.")


def check(group: Resource, stack: Stack, config: CeilingConfig) -> Messages:
    types = gpu_types_of(group, stack)
    ceiling = group.props.number("maxSize")
    if types and ceiling > config.maximum:
        yield f"may start {ceiling:g} of {', '.join(types)}, more than {config.maximum}"


RULE = StackRule(
    id="gpu-pool-has-ceiling",
    title="GPU scaling groups have a sane ceiling",
    pack="cost",
    severity=Severity.MEDIUM,
    types=(SCALING_GROUP,),
    why="The ceiling is what a runaway job may cost.",
    remedy="Lower max_size, or raise the rule's setting on purpose:",
    code=(
        'aws.autoscaling.Group("trainers", min_size=0, max_size=8, mixed_instances_policy=policy, '
        "vpc_zone_identifiers=subnets)"
    ),
    frameworks={Framework.ISO_42001: ("A.4.5",), Framework.NIST_AI_RMF: ("MANAGE 2.1",)},
    config=CeilingConfig,
    check=check,
    fails=example(
        resource(SCALING_GROUP, "trainers", minSize=0, maxSize=100, launchTemplate={"id": "trainers-id"}),
        resource(LAUNCH_TEMPLATE, "trainers", instanceType="g5.12xlarge"),
    ),
    passes=example(
        resource(SCALING_GROUP, "trainers", minSize=0, maxSize=8, launchTemplate={"id": "trainers-id"}),
        resource(LAUNCH_TEMPLATE, "trainers", instanceType="g5.12xlarge"),
    ),
)
