"""Work that bears interruption runs on spot machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.production import tag_text
from trimtab.rules.tokens import SCALING_GROUP

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class SpotConfig(RuleConfig):
    """Which groups bear interruption."""

    tag: str = Field("Interruptible", description="The tag that says so, with the value `true`.")


def check(group: Resource, config: SpotConfig) -> Messages:
    if tag_text(group, config.tag).lower() != "true":
        return
    distribution = group.props.block("mixedInstancesPolicy").block("instancesDistribution")
    share = distribution.number("onDemandPercentageAboveBaseCapacity", 100)
    if share >= _ALL:
        yield "bears interruption, and buys on demand only"


_ALL = 100


RULE = ResourceRule(
    id="spot-where-interruptible",
    title="Interruptible groups use spot capacity",
    pack="cost",
    severity=Severity.MEDIUM,
    types=(SCALING_GROUP,),
    why="Spot costs a half to a third; work that checkpoints gives nothing up for it.",
    remedy="Buy the rest on spot:",
    code=(
        '"instances_distribution": {"on_demand_base_capacity": 0, '
        '"on_demand_percentage_above_base_capacity": 0, "spot_allocation_strategy": '
        '"capacity-optimized"}'
    ),
    frameworks={Framework.ISO_42001: ("A.4.5",)},
    config=SpotConfig,
    check=check,
    fails=example(
        resource(SCALING_GROUP, "trainers", tags=[{"key": "Interruptible", "value": "true", "propagateAtLaunch": True}])
    ),
    passes=example(
        resource(
            SCALING_GROUP,
            "trainers",
            tags=[{"key": "Interruptible", "value": "true", "propagateAtLaunch": True}],
            mixedInstancesPolicy={"instancesDistribution": {"onDemandPercentageAboveBaseCapacity": 0}},
        )
    ),
)
