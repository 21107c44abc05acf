"""A workflow's past definitions stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import STATE_MACHINE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(machine: Resource, _: RuleConfig) -> Messages:
    if not machine.props.flag("publish"):
        yield "publishes no versions"


RULE = ResourceRule(
    id="state-machine-versioned",
    title="State machines publish a version at each change",
    pack="versioning",
    severity=Severity.LOW,
    types=(STATE_MACHINE,),
    why="Without versions nobody can say which steps trained the model of last month.",
    remedy="Publish a version:",
    code='aws.sfn.StateMachine("retrain", publish=True, definition=definition, role_arn=role.arn)',
    frameworks={Framework.EU_AI_ACT: ("11",), Framework.ISO_42001: ("A.6.2.3",), Framework.SOC_2: ("CC8.1",)},
    check=check,
    fails=example(resource(STATE_MACHINE, "retrain", definition="{}")),
    passes=example(resource(STATE_MACHINE, "retrain", definition="{}", publish=True)),
)
