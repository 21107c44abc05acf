"""An endpoint follows its load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.serving import configs_of, has_instances, scaling_targets_of, variants
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT, SAGEMAKER_ENDPOINT_CONFIG, SCALING_TARGET

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props


def check(endpoint: Resource, stack: Stack, _: RuleConfig) -> Messages:
    served = [variant for config in configs_of(endpoint, stack) for variant in variants(config)]
    fixed = [variant for variant in served if has_instances(variant) and not _scales_itself(variant)]
    if fixed and not scaling_targets_of(endpoint, stack):
        yield "has a fixed number of instances"


def _scales_itself(variant: Props) -> bool:
    return variant.block("managedInstanceScaling").text("status") == "ENABLED"


RULE = StackRule(
    id="endpoint-scales",
    title="Endpoints on instances scale with their load",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_ENDPOINT,),
    why="A fixed number of instances is too small on the busiest day and too large on all others.",
    remedy="Register the variant as a scaling target:",
    code=(
        'aws.appautoscaling.Target("fraud", resource_id=endpoint.name.apply(lambda name: '
        'f"endpoint/{name}/variant/main"), service_namespace="sagemaker", '
        'scalable_dimension="sagemaker:variant:DesiredInstanceCount", min_capacity=2, max_capacity=8)'
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.ISO_42001: ("A.4.5",), Framework.SOC_2: ("A1.1",)},
    check=check,
    fails=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG, "fraud", name="fraud-1", productionVariants=[{"instanceType": "ml.m5.large"}]
        ),
        resource(SAGEMAKER_ENDPOINT, "fraud", name="fraud", endpointConfigName="fraud-1"),
    ),
    passes=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG, "fraud", name="fraud-1", productionVariants=[{"instanceType": "ml.m5.large"}]
        ),
        resource(SAGEMAKER_ENDPOINT, "fraud", name="fraud", endpointConfigName="fraud-1"),
        resource(SCALING_TARGET, "fraud", resourceId="endpoint/fraud/variant/main"),
    ),
)
