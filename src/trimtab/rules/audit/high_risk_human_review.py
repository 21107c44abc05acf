"""A high-risk system has people who look at its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, RuleConfig, Severity, StackRule
from trimtab.rules.production import tag_text
from trimtab.rules.reviews import flows_of
from trimtab.rules.tokens import FLOW_DEFINITION, SAGEMAKER_ENDPOINT

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


class RiskConfig(RuleConfig):
    """How an endpoint says that it is high-risk."""

    tag: str = Field("EuAiActRisk", description="The endpoint's tag that holds its risk class.")
    value: str = Field("high", description="The class that needs review.")
    flow_tag: str = Field("Endpoint", description="The flow definition's tag that names the endpoint it reviews.")


def check(endpoint: Resource, stack: Stack, config: RiskConfig) -> Messages:
    if tag_text(endpoint, config.tag).lower() != config.value.lower():
        return
    if next(flows_of(endpoint, stack, config.flow_tag), None) is None:
        yield "is high-risk, and nobody reviews its answers"


_FRAUD = resource(SAGEMAKER_ENDPOINT, "fraud", name="fraud", tags={"EuAiActRisk": "high"})

RULE = StackRule(
    id="high-risk-human-review",
    title="High-risk endpoints have a human review workflow",
    pack="audit",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(SAGEMAKER_ENDPOINT,),
    why="The EU AI Act, article 14, asks that people can oversee a high-risk system while it is in use.",
    remedy="Declare the review that answers are sent to, and name the endpoint in its tag:",
    code=(
        'aws.sagemaker.FlowDefinition("review", flow_definition_name="fraud", human_loop_config=loop, '
        'output_config=output, role_arn=role.arn, tags={"Endpoint": "fraud"})'
    ),
    frameworks={Framework.EU_AI_ACT: ("14",), Framework.ISO_42001: ("A.9.2",), Framework.NIST_AI_RMF: ("MAP 3.5",)},
    config=RiskConfig,
    check=check,
    fails=example(_FRAUD, resource(FLOW_DEFINITION, "review", tags={"Endpoint": "credit"})),
    passes=example(_FRAUD, resource(FLOW_DEFINITION, "review", tags={"Endpoint": "fraud"})),
)
