"""Somebody is told when retraining fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.alarms import is_watched
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import ALARM, STATE_MACHINE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(machine: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if not is_watched(machine, "StateMachineArn", stack):
        yield "no alarm of this stack watches it"


RULE = StackRule(
    id="state-machine-alarm",
    title="Every state machine has an alarm",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(STATE_MACHINE,),
    why="A model that is no longer retrained looks healthy, and decays.",
    remedy="Watch its failed executions:",
    code=(
        'aws.cloudwatch.MetricAlarm("retrain-failed", namespace="AWS/States", '
        'metric_name="ExecutionsFailed", dimensions={"StateMachineArn": machine.arn}, '
        'alarm_actions=[topic.arn], comparison_operator="GreaterThanThreshold", evaluation_periods=1,'
        " threshold=0)"
    ),
    frameworks={
        Framework.EU_AI_ACT: ("72",),
        Framework.ISO_42001: ("A.6.2.6",),
        Framework.NIST_AI_RMF: ("MANAGE 4.1",),
        Framework.SOC_2: ("CC7.2",),
    },
    check=check,
    fails=example(resource(STATE_MACHINE, "retrain", definition="{}")),
    passes=example(
        resource(STATE_MACHINE, "retrain", definition="{}"),
        resource(ALARM, "retrain", dimensions={"StateMachineArn": "retrain-id"}),
    ),
)
