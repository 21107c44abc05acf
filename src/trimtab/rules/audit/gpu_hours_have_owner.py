"""The owner's tags reach every machine that a scaling group starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import SCALING_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class OwnerConfig(RuleConfig):
    """Which tags name the owner."""

    tags: tuple[str, ...] = Field(("Team", "CostCenter"), description="Tags that every machine carries.")


def check(group: Resource, config: OwnerConfig) -> Messages:
    passed = {view.text("key") for view in group.props.blocks("tags") if view.flag("propagateAtLaunch")}
    missing = [tag for tag in config.tags if tag not in passed]
    if missing:
        yield f"does not pass {', '.join(missing)} on to its machines"


RULE = ResourceRule(
    id="gpu-hours-have-owner",
    title="Scaling groups pass their owner's tags on to machines",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(SCALING_GROUP,),
    why="The bill is written by machine; a tag on the group alone leaves every GPU hour without an owner.",
    remedy="Propagate the tags at launch:",
    code=(
        'tags=[{"key": "Team", "value": "fraud-ml", "propagate_at_launch": True}, {"key": '
        '"CostCenter", "value": "4711", "propagate_at_launch": True}]'
    ),
    frameworks={Framework.ISO_42001: ("A.3.2", "A.4.5"), Framework.NIST_AI_RMF: ("GOVERN 2.1",)},
    config=OwnerConfig,
    check=check,
    fails=example(
        resource(SCALING_GROUP, "trainers", tags=[{"key": "Team", "value": "fraud-ml", "propagateAtLaunch": False}])
    ),
    passes=example(
        resource(
            SCALING_GROUP,
            "trainers",
            tags=[
                {"key": "Team", "value": "fraud-ml", "propagateAtLaunch": True},
                {"key": "CostCenter", "value": "4711", "propagateAtLaunch": True},
            ],
        )
    ),
)
