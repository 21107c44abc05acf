"""An endpoint says how much harm a wrong answer does: what else it must have depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.production import tag_text
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class ClassConfig(RuleConfig):
    """How an endpoint says its risk class."""

    tag: str = Field("EuAiActRisk", description="The endpoint's tag that holds its risk class.")
    classes: tuple[str, ...] = Field(("minimal", "limited", "high"), description="The classes that there are.")


def check(endpoint: Resource, config: ClassConfig) -> Messages:
    said = tag_text(endpoint, config.tag)
    if not said:
        yield f"has no tag {config.tag}"
    elif said.lower() not in config.classes:
        yield f"tag {config.tag} is {said}, none of {', '.join(config.classes)}"


RULE = ResourceRule(
    id="endpoint-risk-class",
    title="Endpoints say their risk class",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_ENDPOINT,),
    why="Human review and six months of logs are asked of high-risk systems; of one without a class nobody asks them.",
    remedy="Tag the endpoint with its class under the EU AI Act:",
    code='aws.sagemaker.Endpoint("fraud", endpoint_config_name=config.name, tags={"EuAiActRisk": "high"})',
    frameworks={
        Framework.EU_AI_ACT: ("9",),
        Framework.ISO_42001: ("A.6.2.7",),
        Framework.NIST_AI_RMF: ("GOVERN 1.3",),
    },
    config=ClassConfig,
    check=check,
    fails=example(resource(SAGEMAKER_ENDPOINT, "fraud", endpointConfigName="fraud")),
    passes=example(resource(SAGEMAKER_ENDPOINT, "fraud", endpointConfigName="fraud", tags={"EuAiActRisk": "high"})),
)
