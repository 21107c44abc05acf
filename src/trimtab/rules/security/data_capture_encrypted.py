"""Captured requests are encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT_CONFIG

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(config: Resource, _: RuleConfig) -> Messages:
    capture = config.props.block("dataCaptureConfig")
    if capture.has("destinationS3Uri") and not capture.has("kmsKeyId"):
        yield "captured requests are not encrypted with a customer managed key"


RULE = ResourceRule(
    id="data-capture-encrypted",
    title="Captured requests are encrypted with a customer managed key",
    pack="security",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_ENDPOINT_CONFIG,),
    why="What people asked a model is often more sensitive than what it was trained on.",
    remedy="Name a key for the capture:",
    code=(
        'data_capture_config={"kms_key_id": key.arn, "enable_capture": True, '
        '"initial_sampling_percentage": 100, "destination_s3_uri": uri, "capture_options": options}'
    ),
    frameworks={Framework.EU_AI_ACT: ("10", "15"), Framework.ISO_42001: ("A.4.3",), Framework.SOC_2: ("CC6.1", "C1.1")},
    check=check,
    fails=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG,
            "fraud",
            dataCaptureConfig={"enableCapture": True, "destinationS3Uri": "s3://capture/"},
        )
    ),
    passes=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG,
            "fraud",
            dataCaptureConfig={"enableCapture": True, "destinationS3Uri": "s3://capture/", "kmsKeyId": "k"},
        )
    ),
)
