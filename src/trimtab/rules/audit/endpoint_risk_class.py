"""What serves says how much harm a wrong answer does: what else it must have depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.reviews import SERVED, ServedConfig, risk_of, said_in, serves
from trimtab.rules.tokens import SAGEMAKER_ENDPOINT

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class ClassConfig(ServedConfig):
    """How what serves says its risk class."""

    classes: tuple[str, ...] = Field(("minimal", "limited", "high"), description="The classes that there are.")


def check(served: Resource, config: ClassConfig) -> Messages:
    if not serves(served, config):
        return
    where, said = said_in(served, config), risk_of(served, config)
    kind = "tag" if served.type == SAGEMAKER_ENDPOINT else "label"
    if not said:
        yield f"has no {kind} {where}"
    elif said.lower() not in config.classes:
        yield f"{kind} {where} is {said}, none of {', '.join(config.classes)}"


def _claims(**labels: str) -> Resource:
    return resource(kinds.INFERENCE_SERVICE, "claims", metadata={"name": "claims", "labels": labels})


RULE = ResourceRule(
    id="endpoint-risk-class",
    title="Endpoints and models on the cluster say their risk class",
    pack="audit",
    severity=Severity.MEDIUM,
    types=SERVED,
    why="Human review and six months of logs are asked of high-risk systems; of one without a class nobody asks them.",
    remedy="Tag the endpoint, or label what the cluster serves, with its class under the EU AI Act:",
    code='aws.sagemaker.Endpoint("fraud", endpoint_config_name=config.name, tags={"EuAiActRisk": "high"})',
    frameworks={
        Framework.EU_AI_ACT: ("9",),
        Framework.ISO_42001: ("A.6.2.7",),
        Framework.NIST_AI_RMF: ("GOVERN 1.3",),
    },
    config=ClassConfig,
    check=check,
    fails=example(resource(SAGEMAKER_ENDPOINT, "fraud", endpointConfigName="fraud"), _claims()),
    passes=example(
        resource(SAGEMAKER_ENDPOINT, "fraud", endpointConfigName="fraud", tags={"EuAiActRisk": "high"}),
        _claims(**{"trimtab.dev/eu-ai-act-risk": "high"}),
    ),
)
