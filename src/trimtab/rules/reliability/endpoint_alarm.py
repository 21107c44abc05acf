"""Somebody is told when a model stops answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.alarms import is_watched
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import ALARM, SAGEMAKER_ENDPOINT

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


def check(endpoint: Resource, stack: Stack, _: RuleConfig) -> Messages:
    if not is_watched(endpoint, "EndpointName", stack):
        yield "no alarm of this stack watches it"


RULE = StackRule(
    id="endpoint-alarm",
    title="Every endpoint has an alarm",
    pack="reliability",
    severity=Severity.HIGH,
    types=(SAGEMAKER_ENDPOINT,),
    why="An endpoint that fails without an alarm is noticed by its users.",
    remedy="Watch its errors or its latency:",
    code=(
        'aws.cloudwatch.MetricAlarm("fraud-errors", namespace="AWS/SageMaker", '
        'metric_name="Invocation5XXErrors", dimensions={"EndpointName": endpoint.name}, '
        'alarm_actions=[topic.arn], comparison_operator="GreaterThanThreshold", evaluation_periods=1,'
        " threshold=0)"
    ),
    frameworks={
        Framework.EU_AI_ACT: ("15", "26(5)", "72"),
        Framework.ISO_42001: ("A.6.2.6",),
        Framework.NIST_AI_RMF: ("MEASURE 2.4", "MANAGE 4.1"),
        Framework.SOC_2: ("CC7.2", "A1.1"),
    },
    check=check,
    fails=example(
        resource(SAGEMAKER_ENDPOINT, "fraud", name="fraud"),
        resource(ALARM, "other", dimensions={"EndpointName": "other"}),
    ),
    passes=example(
        resource(SAGEMAKER_ENDPOINT, "fraud", name="fraud"),
        resource(ALARM, "fraud", dimensions={"EndpointName": "fraud"}),
    ),
)
