"""No policy grants everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.iam import statements
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import IAM_POLICIES

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(policy: Resource, _: RuleConfig) -> Messages:
    for statement in statements(policy.props.document("policy")):
        if statement.allows and {"*", "*:*"} & set(statement.actions) and "*" in statement.resources:
            yield "allows every action on every resource"


RULE = ResourceRule(
    id="iam-no-administrator",
    title="IAM policies do not grant all actions on all resources",
    pack="security",
    severity=Severity.CRITICAL,
    enforcement="mandatory",
    types=IAM_POLICIES,
    why="One leaked credential of such a role is the whole account.",
    remedy="Name the actions and the resources that are needed:",
    code='{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [f"{bucket_arn}/models/*"]}',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SECURITY_HUB: ("IAM.1",),
        Framework.SOC_2: ("CC6.1", "CC6.3"),
    },
    check=check,
    fails=example(
        resource(
            IAM_POLICIES[0], "trainer", policy='{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
        )
    ),
    passes=example(
        resource(
            IAM_POLICIES[0],
            "trainer",
            policy='{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}',
        )
    ),
)
