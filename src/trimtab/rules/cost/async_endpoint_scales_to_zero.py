"""An asynchronous endpoint costs nothing while its queue is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.serving import configs_of, scaling_targets_of
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT, SAGEMAKER_ENDPOINT_CONFIG, SCALING_TARGET

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(endpoint: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if not any(config.props.has("asyncInferenceConfig") for config in configs_of(endpoint, stack)):
        return
    if not any(target.props.number("minCapacity", 1) == 0 for target in scaling_targets_of(endpoint, stack)):
        yield "keeps a machine while its queue is empty"


RULE = StackRule(
    id="async-endpoint-scales-to-zero",
    title="Asynchronous endpoints can scale to zero",
    pack="cost",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_ENDPOINT,),
    why=("The queue is what one pays for with an asynchronous endpoint; a machine that waits for it wastes that."),
    remedy="Let the variant go to zero:",
    code=(
        'aws.appautoscaling.Target("ocr", min_capacity=0, max_capacity=4, '
        'service_namespace="sagemaker", resource_id=resource_id, scalable_dimension=dimension)'
    ),
    frameworks={Framework.ISO_42001: ("A.4.5",)},
    check=check,
    fails=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG,
            "ocr",
            name="ocr-1",
            asyncInferenceConfig={"outputConfig": {"s3OutputPath": "s3://out/"}},
        ),
        resource(SAGEMAKER_ENDPOINT, "ocr", name="ocr", endpointConfigName="ocr-1"),
    ),
    passes=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG,
            "ocr",
            name="ocr-1",
            asyncInferenceConfig={"outputConfig": {"s3OutputPath": "s3://out/"}},
        ),
        resource(SAGEMAKER_ENDPOINT, "ocr", name="ocr", endpointConfigName="ocr-1"),
        resource(SCALING_TARGET, "ocr", resourceId="endpoint/ocr/variant/main", minCapacity=0),
    ),
)
