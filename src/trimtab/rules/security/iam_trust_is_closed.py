"""A role cannot be taken on by anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.iam import statements
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import IAM_ROLE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(role: Resource, _: RuleConfig) -> Messages:
    for statement in statements(role.props.document("assumeRolePolicy")):
        if statement.allows and "*" in statement.principals and not statement.has_condition:
            yield "may be assumed by anybody"


RULE = ResourceRule(
    id="iam-trust-is-closed",
    title="Roles are trusted to named principals",
    pack="security",
    severity=Severity.CRITICAL,
    enforcement="mandatory",
    types=(IAM_ROLE,),
    why="A role that trusts everybody is a public account.",
    remedy="Name the service or the role that may assume it:",
    code=('{"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}'),
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SOC_2: ("CC6.1", "CC6.3"),
    },
    check=check,
    fails=example(
        resource(
            IAM_ROLE,
            "trainer",
            assumeRolePolicy='{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}',
        )
    ),
    passes=example(
        resource(
            IAM_ROLE,
            "trainer",
            assumeRolePolicy='{"Statement": {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}}}',
        )
    ),
)
