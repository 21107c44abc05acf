"""A model's container cannot call out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.serving import containers
from trimtab.rules.tokens import SAGEMAKER_MODEL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(model: Resource, _: RuleConfig) -> Messages:
    # What loads its weights from the hub needs the network; `model-in-vpc` then bounds where it may go.
    loads = any(container.block("environment").has("HF_MODEL_ID") for container in containers(model))
    if not loads and not model.props.flag("enableNetworkIsolation"):
        yield "has no network isolation"


RULE = ResourceRule(
    id="model-network-isolation",
    title="Models run with network isolation",
    pack="security",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_MODEL,),
    why="A container that was tampered with cannot send requests anywhere when it has no network.",
    remedy="Isolate the model; bring its weights along instead of downloading them:",
    code='aws.sagemaker.Model("fraud", enable_network_isolation=True, execution_role_arn=role)',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SECURITY_HUB: ("SageMaker.5",),
        Framework.SOC_2: ("CC6.6",),
    },
    check=check,
    fails=example(resource(SAGEMAKER_MODEL, "fraud", primaryContainer={"modelDataUrl": "s3://models/fraud.tar.gz"})),
    passes=example(
        resource(
            SAGEMAKER_MODEL,
            "fraud",
            primaryContainer={"modelDataUrl": "s3://models/fraud.tar.gz"},
            enableNetworkIsolation=True,
        )
    ),
)
