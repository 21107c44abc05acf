"""A high-risk system has people who look at its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.reviews import SERVED, ServedConfig, annotated_review, flows_named, flows_of, risk_of, serves
from trimtab.rules.tokens import FLOW_DEFINITION, SAGEMAKER_ENDPOINT

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


class RiskConfig(ServedConfig):
    """How what serves says that it is high-risk, and who reviews it."""

    value: str = Field("high", description="The class that needs review.")
    flow_tag: str = Field("Endpoint", description="The flow definition's tag that names what it reviews.")
    annotation: str = Field(
        "trimtab.dev/human-review", description="The annotation that names the review of an object on a cluster."
    )


def check(served: Resource, stack: Stack, config: RiskConfig) -> Messages:
    if not serves(served, config) or risk_of(served, config).lower() != config.value.lower():
        return
    if not _reviewed(served, stack, config):
        yield "is high-risk, and nobody reviews its answers"


def _reviewed(served: Resource, stack: Stack, config: RiskConfig) -> bool:
    if served.type == SAGEMAKER_ENDPOINT:
        return next(flows_of(served, stack, config.flow_tag), None) is not None
    if annotated_review(served, config.annotation):
        return True
    return next(flows_named(served, stack, config.flow_tag), None) is not None


_FRAUD = resource(SAGEMAKER_ENDPOINT, "fraud", name="fraud", tags={"EuAiActRisk": "high"})
_HIGH = {"trimtab.dev/eu-ai-act-risk": "high"}
_FLOW = {"trimtab.dev/human-review": "arn:aws:sagemaker:eu-west-1:123456789012:flow-definition/claims"}


def _claims(**metadata: object) -> Resource:
    return resource(kinds.INFERENCE_SERVICE, "claims", metadata={"name": "claims", "labels": _HIGH, **metadata})


RULE = StackRule(
    id="high-risk-human-review",
    title="High-risk endpoints and models on the cluster have a human review workflow",
    pack="audit",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=SERVED,
    why="The EU AI Act, article 14, asks that people can oversee a high-risk system while it is in use.",
    remedy="Declare the review that answers are sent to, and name what serves in its tag (or it in an annotation):",
    code=(
        'aws.sagemaker.FlowDefinition("review", flow_definition_name="fraud", human_loop_config=loop, '
        'output_config=output, role_arn=role.arn, tags={"Endpoint": "fraud"})'
    ),
    frameworks={Framework.EU_AI_ACT: ("14",), Framework.ISO_42001: ("A.9.2",), Framework.NIST_AI_RMF: ("MAP 3.5",)},
    config=RiskConfig,
    check=check,
    fails=example(_FRAUD, _claims(), resource(FLOW_DEFINITION, "review", tags={"Endpoint": "credit"})),
    passes=example(_FRAUD, _claims(annotations=_FLOW), resource(FLOW_DEFINITION, "review", tags={"Endpoint": "fraud"})),
)
