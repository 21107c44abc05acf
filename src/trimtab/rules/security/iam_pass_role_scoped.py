"""Nobody can hand any role to a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.iam import statements
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import IAM_POLICIES

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


_PASS = frozenset({"iam:PassRole", "iam:*", "iam:Pass*"})


def check(policy: Resource, _: RuleConfig) -> Messages:
    for statement in statements(policy.props.document("policy")):
        if statement.allows and _PASS & set(statement.actions) and "*" in statement.resources:
            yield "allows any role to be passed"


RULE = ResourceRule(
    id="iam-pass-role-scoped",
    title="IAM policies name the roles that may be passed",
    pack="security",
    severity=Severity.HIGH,
    types=IAM_POLICIES,
    why="Whoever may pass every role can start a training job with the administrator's.",
    remedy="Name the roles:",
    code='{"Effect": "Allow", "Action": "iam:PassRole", "Resource": training_role_arn}',
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SOC_2: ("CC6.1", "CC6.3"),
    },
    check=check,
    fails=example(
        resource(
            IAM_POLICIES[0],
            "trainer",
            policy='{"Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}}',
        )
    ),
    passes=example(
        resource(
            IAM_POLICIES[0],
            "trainer",
            policy='{"Statement": {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::1:role/t"}}',
        )
    ),
)
