"""An endpoint survives the loss of one zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.serving import has_instances
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT_CONFIG

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(config: Resource, settings: ProductionConfig) -> Messages:
    # An asynchronous endpoint keeps its requests in a queue, and may have no instance at all.
    if config.props.has("asyncInferenceConfig") or not is_production(config, settings):
        return
    for variant in config.props.blocks("productionVariants"):
        count = variant.number("initialInstanceCount", 1)
        if has_instances(variant) and count < _ENOUGH:
            yield f"variant {variant.text('variantName')} starts with {count:g} instance"


_ENOUGH = 2


RULE = ResourceRule(
    id="endpoint-two-instances",
    title="Production variants start with two instances or more",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_ENDPOINT_CONFIG,),
    why="SageMaker spreads instances over zones; one instance is in one zone.",
    remedy="Start two:",
    code=(
        'production_variants=[{"variant_name": "main", "model_name": model.name, "instance_type": '
        '"ml.m5.large", "initial_instance_count": 2}]'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.ISO_42001: ("A.4.5",),
        Framework.SECURITY_HUB: ("SageMaker.4",),
        Framework.SOC_2: ("A1.1", "A1.2"),
    },
    config=ProductionConfig,
    check=check,
    fails=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG, "fraud", productionVariants=[{"variantName": "main", "initialInstanceCount": 1}]
        )
    ),
    passes=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG, "fraud", productionVariants=[{"variantName": "main", "initialInstanceCount": 2}]
        )
    ),
)
