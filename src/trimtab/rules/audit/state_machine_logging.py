"""What a workflow did is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import STATE_MACHINE

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(machine: Resource, _: RuleConfig) -> Messages:
    level = machine.props.block("loggingConfiguration").text("level", "OFF")
    if level == "OFF":
        yield "executions are not logged"


RULE = ResourceRule(
    id="state-machine-logging",
    title="State machines log their executions",
    pack="audit",
    severity=Severity.MEDIUM,
    types=(STATE_MACHINE,),
    why="The history of a training workflow lives 90 days; a log group keeps which step decided what.",
    remedy="Send the execution's events to a log group:",
    code=(
        'logging_configuration={"level": "ALL", "include_execution_data": True, "log_destination": '
        'logs.arn.apply(lambda arn: f"{arn}:*")}'
    ),
    frameworks={
        Framework.EU_AI_ACT: ("12", "19"),
        Framework.ISO_42001: ("A.6.2.8",),
        Framework.SECURITY_HUB: ("StepFunctions.1",),
        Framework.SOC_2: ("CC7.2",),
    },
    check=check,
    fails=example(resource(STATE_MACHINE, "retrain", definition="{}")),
    passes=example(
        resource(
            STATE_MACHINE,
            "retrain",
            definition="{}",
            loggingConfiguration={"level": "ALL", "logDestination": "arn:aws:logs:eu-west-1:1:log-group:retrain:*"},
        )
    ),
)
