"""Autoscaling does not leave an endpoint with one instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.tokens import SCALING_TARGET

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class FloorConfig(ProductionConfig):
    """How many instances must stay."""

    minimum: int = Field(2, ge=1, description="Smallest floor of an autoscaled variant.")


def check(target: Resource, config: FloorConfig) -> Messages:
    if target.props.text("serviceNamespace") != "sagemaker" or not is_production(target, config):
        return
    floor = target.props.number("minCapacity")
    # A floor of zero is an asynchronous endpoint, which keeps its requests in a queue meanwhile.
    if 0 < floor < config.minimum:
        yield f"may scale in to {floor:g}, not {config.minimum}"


RULE = ResourceRule(
    id="scaling-floor-two",
    title="Autoscaled production variants keep two instances or more",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(SCALING_TARGET,),
    why="Scaling in to one instance at night also scales away the second zone.",
    remedy="Raise the floor:",
    code=(
        'aws.appautoscaling.Target("fraud", min_capacity=2, max_capacity=8, '
        'service_namespace="sagemaker", resource_id=resource_id, scalable_dimension=dimension)'
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("A1.1", "A1.2")},
    config=FloorConfig,
    check=check,
    fails=example(resource(SCALING_TARGET, "fraud", serviceNamespace="sagemaker", minCapacity=1, maxCapacity=4)),
    passes=example(resource(SCALING_TARGET, "fraud", serviceNamespace="sagemaker", minCapacity=2, maxCapacity=4)),
)
