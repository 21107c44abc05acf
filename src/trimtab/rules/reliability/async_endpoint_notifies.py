"""A failed asynchronous request is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT_CONFIG

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(config: Resource, _: RuleConfig) -> Messages:
    if not config.props.has("asyncInferenceConfig"):
        return
    output = config.props.block("asyncInferenceConfig").block("outputConfig")
    if not output.block("notificationConfig").has("errorTopic"):
        yield "failed requests are reported to nobody"


RULE = ResourceRule(
    id="async-endpoint-notifies",
    title="Asynchronous endpoints report failed requests",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_ENDPOINT_CONFIG,),
    why="The caller of an asynchronous endpoint has long gone when a request fails.",
    remedy="Name a topic for errors:",
    code=(
        'async_inference_config={"output_config": {"s3_output_path": uri, "notification_config": '
        '{"error_topic": topic.arn}}}'
    ),
    frameworks={Framework.EU_AI_ACT: ("26(5)", "72"), Framework.ISO_42001: ("A.6.2.6",), Framework.SOC_2: ("CC7.2",)},
    check=check,
    fails=example(
        resource(SAGEMAKER_ENDPOINT_CONFIG, "ocr", asyncInferenceConfig={"outputConfig": {"s3OutputPath": "s3://out/"}})
    ),
    passes=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG,
            "ocr",
            asyncInferenceConfig={
                "outputConfig": {"s3OutputPath": "s3://out/", "notificationConfig": {"errorTopic": "t"}}
            },
        )
    ),
)
