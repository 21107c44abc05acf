"""Nobody else can pull or replace the platform's images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.iam import grants_everybody
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import ECR_POLICY

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(holder: Resource, _: RuleConfig) -> Messages:
    if grants_everybody(holder.props.document("policy")):
        yield "lets anybody in"


RULE = ResourceRule(
    id="ecr-policy-closed",
    title="Repository policies name who may pull and push",
    pack="security",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(ECR_POLICY,),
    why="Model images hold code and, often, weights.",
    remedy="Name the account or the roles that may pull:",
    code=('{"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": ["ecr:BatchGetImage"]}'),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(
        resource(
            ECR_POLICY,
            "models",
            policy='{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}]}',
        )
    ),
    passes=example(
        resource(
            ECR_POLICY,
            "models",
            policy='{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}}]}',
        )
    ),
)
