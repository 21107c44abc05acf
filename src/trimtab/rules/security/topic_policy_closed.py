"""Nobody else can raise or read the platform's alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.iam import grants_everybody
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import TOPIC_POLICY

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(holder: Resource, _: RuleConfig) -> Messages:
    if grants_everybody(holder.props.document("policy")):
        yield "lets anybody publish or subscribe"


RULE = ResourceRule(
    id="topic-policy-closed",
    title="SNS topic policies name who may publish and subscribe",
    pack="security",
    severity=Severity.HIGH,
    enforcement="mandatory",
    types=(TOPIC_POLICY,),
    why="A topic for everybody lets strangers start the retraining that it triggers.",
    remedy="Name the service, with the account as a condition:",
    code=(
        '{"Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": '
        '"sns:Publish", "Resource": topic_arn}'
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("SNS.4",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(
        resource(
            TOPIC_POLICY,
            "alarms",
            policy='{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sns:Publish"}]}',
        )
    ),
    passes=example(
        resource(
            TOPIC_POLICY,
            "alarms",
            policy='{"Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}}]}',
        )
    ),
)
