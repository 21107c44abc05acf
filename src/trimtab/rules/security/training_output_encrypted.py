"""A trained model is encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_TRAINING_JOB

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(job: Resource, _: RuleConfig) -> Messages:
    if not job.props.block("outputDataConfig").has("kmsKeyId"):
        yield "its output is not encrypted with a customer managed key"


RULE = ResourceRule(
    id="training-output-encrypted",
    title="Training output is encrypted with a customer managed key",
    pack="security",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_TRAINING_JOB,),
    why="Weights are the most valuable thing that a training job makes.",
    remedy="Name a key:",
    code='output_data_config={"s3_output_path": uri, "kms_key_id": key.arn}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.ISO_42001: ("A.4.3",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(resource(SAGEMAKER_TRAINING_JOB, "fraud", outputDataConfig={"s3OutputPath": "s3://models/"})),
    passes=example(
        resource(SAGEMAKER_TRAINING_JOB, "fraud", outputDataConfig={"s3OutputPath": "s3://models/", "kmsKeyId": "k"})
    ),
)
