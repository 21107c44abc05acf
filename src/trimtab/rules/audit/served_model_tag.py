"""An endpoint says which model it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.production import tags_of
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class ModelTagConfig(RuleConfig):
    """Which tag names the model."""

    tag: str = Field("Model", description="The endpoint's tag that names its model.")


def check(endpoint: Resource, config: ModelTagConfig) -> Messages:
    if tags_of(endpoint).get(config.tag) in (None, ""):
        yield f"has no tag {config.tag}"


RULE = ResourceRule(
    id="served-model-tag",
    title="Endpoints name the model they serve",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_ENDPOINT,),
    why="Bills, alarms and incident reports are read by model; without the tag they are read by guessing.",
    remedy="Tag the endpoint with its model:",
    code='aws.sagemaker.Endpoint("fraud", endpoint_config_name=config.name, tags={"Model": "fraud"})',
    frameworks={
        Framework.EU_AI_ACT: ("11", "13"),
        Framework.ISO_42001: ("A.4.2", "A.6.2.7"),
        Framework.NIST_AI_RMF: ("GOVERN 1.6",),
    },
    config=ModelTagConfig,
    check=check,
    fails=example(resource(SAGEMAKER_ENDPOINT, "fraud", endpointConfigName="fraud")),
    passes=example(resource(SAGEMAKER_ENDPOINT, "fraud", endpointConfigName="fraud", tags={"Model": "fraud"})),
)
