"""A pipeline that is read from S3 is one version of the object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_PIPELINE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(pipeline: Resource, _: RuleConfig) -> Messages:
    location = pipeline.props.block("pipelineDefinitionS3Location")
    if location.raw and not location.has("versionId"):
        yield f"{location.text('objectKey')} is read without a version"


RULE = ResourceRule(
    id="pipeline-definition-pinned",
    title="Pipeline definitions in S3 are pinned to a version",
    pack="versioning",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_PIPELINE,),
    why="Whoever may write the object changes how models are trained, without a change of the stack.",
    remedy="Name the object's version, or hold the definition in the program:",
    code=(
        'pipeline_definition_s3_location={"bucket": bucket.id, "object_key": key, "version_id": definition.version_id}'
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.ISO_42001: ("A.6.2.3",), Framework.SOC_2: ("CC8.1",)},
    check=check,
    fails=example(
        resource(SAGEMAKER_PIPELINE, "retrain", pipelineDefinitionS3Location={"bucket": "code", "objectKey": "p.json"})
    ),
    passes=example(
        resource(
            SAGEMAKER_PIPELINE,
            "retrain",
            pipelineDefinitionS3Location={"bucket": "code", "objectKey": "p.json", "versionId": "v1"},
        )
    ),
)
