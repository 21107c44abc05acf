"""What a model was asked, and what it answered, is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT_CONFIG

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


_DIRECTIONS = frozenset({"Input", "Output"})


class CaptureConfig(RuleConfig):
    """How much must be captured."""

    percent: int = Field(1, ge=1, le=100, description="Smallest share of requests that is captured.")


def check(endpoint: Resource, config: CaptureConfig) -> Messages:
    capture = endpoint.props.block("dataCaptureConfig")
    if not capture.flag("enableCapture"):
        yield "requests and answers are not captured"
        return
    percent = capture.number("initialSamplingPercentage")
    if percent < config.percent:
        yield f"captures {percent:g} percent of the requests, not {config.percent}"
    modes = {option.text("captureMode") for option in capture.blocks("captureOptions")}
    if "InputAndOutput" not in modes and not modes >= _DIRECTIONS:
        yield f"captures {', '.join(sorted(modes)) or 'neither direction'}, not input and output"


RULE = ResourceRule(
    id="endpoint-data-capture",
    title="Endpoints capture requests and answers",
    pack="audit",
    severity=Severity.HIGH,
    types=(SAGEMAKER_ENDPOINT_CONFIG,),
    why="Drift, complaints and incidents can only be examined on what was really asked and answered.",
    remedy="Turn data capture on for both directions:",
    code=(
        'data_capture_config={"enable_capture": True, "initial_sampling_percentage": 100, '
        '"destination_s3_uri": uri, "capture_options": [{"capture_mode": "InputAndOutput"}]}'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("12", "19", "26(5)", "72"),
        Framework.ISO_42001: ("A.6.2.6", "A.6.2.8"),
        Framework.NIST_AI_RMF: ("MEASURE 2.4", "MANAGE 4.1"),
    },
    config=CaptureConfig,
    check=check,
    fails=example(resource(SAGEMAKER_ENDPOINT_CONFIG, "fraud", productionVariants=[{"modelName": "fraud"}])),
    passes=example(
        resource(
            SAGEMAKER_ENDPOINT_CONFIG,
            "fraud",
            productionVariants=[{"modelName": "fraud"}],
            dataCaptureConfig={
                "enableCapture": True,
                "initialSamplingPercentage": 100,
                "destinationS3Uri": "s3://capture/",
                "captureOptions": [{"captureMode": "Input"}, {"captureMode": "Output"}],
            },
        )
    ),
)
