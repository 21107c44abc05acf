"""A model with a network has it inside a VPC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import SAGEMAKER_MODEL

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(model: Resource, _: RuleConfig) -> Messages:
    if not model.props.has("vpcConfig") and not model.props.flag("enableNetworkIsolation"):
        yield "runs outside any VPC of the account"


RULE = ResourceRule(
    id="model-in-vpc",
    title="Models run inside a VPC, or isolated",
    pack="security",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_MODEL,),
    why="Outside a VPC nobody's security group, endpoint policy or flow log sees what a container does.",
    remedy="Give the model subnets and a security group:",
    code='vpc_config={"subnets": private_subnet_ids, "security_group_ids": [group.id]}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.NIST_AI_RMF: ("MEASURE 2.7",), Framework.SOC_2: ("CC6.6",)},
    check=check,
    fails=example(resource(SAGEMAKER_MODEL, "llm", primaryContainer={"environment": {"HF_MODEL_ID": "org/model"}})),
    passes=example(resource(SAGEMAKER_MODEL, "llm", vpcConfig={"subnets": ["subnet-1"], "securityGroupIds": ["sg-1"]})),
)
