"""No policy grants all actions of a service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.iam import statements
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import IAM_POLICIES

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class WildcardConfig(RuleConfig):
    """What may be granted whole."""

    services: tuple[str, ...] = Field(
        (), description="Service prefixes whose actions may all be allowed, such as `logs`."
    )


def check(policy: Resource, config: WildcardConfig) -> Messages:
    allowed = {f"{service}:*" for service in config.services}
    for statement in statements(policy.props.document("policy")):
        wild = [action for action in statement.actions if action.endswith(":*") and action not in allowed]
        if statement.allows and wild:
            yield f"allows {', '.join(wild)}"


RULE = ResourceRule(
    id="iam-no-wildcard-actions",
    title="IAM policies name the actions they allow",
    pack="security",
    severity=Severity.HIGH,
    types=IAM_POLICIES,
    why="A wildcard also grants what the service will be able to do tomorrow.",
    remedy="Name the actions:",
    code=(
        '{"Effect": "Allow", "Action": ["sagemaker:CreateTrainingJob", '
        '"sagemaker:DescribeTrainingJob"], "Resource": [arn]}'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("15",),
        Framework.NIST_AI_RMF: ("MEASURE 2.7",),
        Framework.SECURITY_HUB: ("IAM.21",),
        Framework.SOC_2: ("CC6.1", "CC6.3"),
    },
    config=WildcardConfig,
    check=check,
    fails=example(
        resource(
            IAM_POLICIES[1],
            "trainer",
            policy='{"Statement": [{"Effect": "Allow", "Action": ["s3:*"], "Resource": "*"}]}',
        )
    ),
    passes=example(
        resource(
            IAM_POLICIES[1],
            "trainer",
            policy='{"Statement": [{"Effect": "Deny", "Action": ["s3:*"], "Resource": "*"}]}',
        )
    ),
)
