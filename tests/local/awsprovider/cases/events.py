"""EventBridge, Scheduler and Step Functions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.local.awsprovider.cases.identity import ROLE
from tests.local.awsprovider.cases.port import Case, World, fixed

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props

RULE = "aws:cloudwatch/eventRule:EventRule"
MACHINE = "aws:sfn/stateMachine:StateMachine"


def _states(comment: str) -> str:
    states = {"Train": {"Type": "Pass", "End": True}}
    return json.dumps({"Comment": comment, "StartAt": "Train", "States": states})


def _machine(world: World) -> Props:
    return {
        "roleArn": world.arn(ROLE),
        "definition": _states("a"),
        "loggingConfiguration": {
            "level": "ALL",
            "includeExecutionData": True,
            "logDestination": f"{world.arn('aws:cloudwatch/logGroup:LogGroup')}:*",
        },
        "tags": {"team": "ml"},
    }


def _pattern(source: str) -> str:
    return json.dumps({"source": [source], "detail-type": ["CloudWatch Alarm State Change"]})


def _target(world: World) -> Props:
    return {
        "rule": world.id(RULE),
        "targetId": "retrain",
        "arn": world.id(MACHINE),
        "roleArn": world.arn(ROLE),
        "retryPolicy": {"maximumRetryAttempts": 3, "maximumEventAgeInSeconds": 3600},
    }


def _schedule(world: World) -> Props:
    return {
        "scheduleExpression": "rate(1 day)",
        "flexibleTimeWindow": {"mode": "OFF"},
        "target": {"arn": world.id(MACHINE), "roleArn": world.arn(ROLE), "input": "{}"},
    }


EVENTS: dict[str, Case] = {
    RULE: Case(
        inputs=fixed(eventPattern=_pattern("aws.cloudwatch"), tags={"team": "ml"}),
        update=fixed(description="drift", state="DISABLED"),
        replace=fixed(name="other"),
        behind=lambda w, i, _o: w.boto("events").enable_rule(Name=i),
        seen="state",
    ),
    "aws:cloudwatch/eventTarget:EventTarget": Case(
        inputs=_target, update=fixed(input='{"a": 1}'), replace=fixed(targetId="other")
    ),
    "aws:scheduler/schedule:Schedule": Case(
        inputs=_schedule,
        update=fixed(scheduleExpression="rate(2 days)"),
        replace=fixed(groupName="other"),
    ),
    MACHINE: Case(
        inputs=_machine,
        update=fixed(definition=_states("b")),
        replace=fixed(type="EXPRESS"),
        behind=lambda w, i, _o: w.boto("stepfunctions").update_state_machine(
            stateMachineArn=i, definition=_states("c")
        ),
        seen="definition",
    ),
}
