"""Drift: a monitoring run that found violations raises an alarm, and the alarm starts the retraining.

Two rules with an alarm between them, so that drift has a state that people, dashboards and deployment gates can
see, and so that whatever else sets the alarm starts the same retraining.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from trimtab.components.base import Component

VIOLATIONS = "CompletedWithViolations"
"""How the exit message of a run begins whose constraints did not hold ("Interpret results")."""


def drift_alarm(
    component: Component,
    endpoint: str,
    schedules: Sequence[aws.sagemaker.MonitoringSchedule],
    topic_arn: pulumi.Input[str],
) -> aws.cloudwatch.MetricAlarm:
    """Declare the alarm of one endpoint, and the rule that raises it."""
    name = f"{component.context.prefix}-{endpoint}-violations"
    rule = aws.cloudwatch.EventRule(
        f"{component.name}-{endpoint}-violations",
        name=name,
        description=f"a monitoring run of {endpoint} found violations",
        event_pattern=json_text(
            {
                "source": ["aws.sagemaker"],
                "detail-type": ["SageMaker Processing Job State Change"],
                "detail": {
                    "ProcessingJobStatus": ["Completed"],
                    "ExitMessage": [{"prefix": VIOLATIONS}],
                    "MonitoringScheduleArn": [schedule.arn for schedule in schedules],
                },
            }
        ),
        tags=component.tags(),
        opts=component.child(),
    )
    aws.cloudwatch.EventTarget(
        f"{component.name}-{endpoint}-violations-told", rule=rule.name, arn=topic_arn, opts=component.child()
    )
    return aws.cloudwatch.MetricAlarm(
        f"{component.name}-{endpoint}-drift",
        name=f"{component.context.prefix}-{endpoint}-drift",
        alarm_description=f"{endpoint}: requests or answers no longer look like the training data",
        namespace="AWS/Events",
        metric_name="TriggeredRules",
        dimensions={"RuleName": rule.name},
        statistic="Sum",
        period=300,
        evaluation_periods=1,
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=1,
        treat_missing_data="notBreaching",
        alarm_actions=[topic_arn],
        tags=component.tags(),
        opts=component.child(),
    )


def alarm_raised(alarm_arn: pulumi.Input[str]) -> pulumi.Output[str]:
    """Return the event pattern of one alarm going on."""
    return json_text(
        {
            "source": ["aws.cloudwatch"],
            "detail-type": ["CloudWatch Alarm State Change"],
            "resources": [alarm_arn],
            "detail": {"state": {"value": ["ALARM"]}},
        }
    )


def why_retrain(endpoint: str) -> aws.cloudwatch.EventTargetInputTransformerArgs:
    """Return what the state machine is started with: the reason, the alarm, the moment."""
    template = {"reason": "drift", "endpoint": endpoint, "alarm": "<alarm>", "at": "<at>"}
    return aws.cloudwatch.EventTargetInputTransformerArgs(
        input_paths={"alarm": "$.detail.alarmName", "at": "$.time"}, input_template=json.dumps(template)
    )
