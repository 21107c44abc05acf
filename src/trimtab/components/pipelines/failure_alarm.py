"""The alarm of a retraining that ended without a deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.spec.pipelines import RetrainingPipeline


def failure_alarm(
    component: Component,
    spec: RetrainingPipeline,
    *,
    machine: aws.sfn.StateMachine,
    topic_arn: pulumi.Input[str],
) -> aws.cloudwatch.MetricAlarm:
    """Tell the topic of an execution that failed: not trained, rejected, nobody approved, rolled back.

    Its cause is the error of the execution's last state, in the log of the state machine.
    """
    return aws.cloudwatch.MetricAlarm(
        f"{component.name}-failed",
        name=f"{component.context.prefix}-{spec.name}-failed",
        alarm_description=f"{spec.name} ended without deploying a version",
        namespace="AWS/States",
        metric_name="ExecutionsFailed",
        dimensions={"StateMachineArn": machine.arn},
        statistic="Sum",
        period=300,
        evaluation_periods=1,
        comparison_operator="GreaterThanThreshold",
        threshold=0,
        treat_missing_data="notBreaching",
        alarm_actions=[topic_arn],
        tags=component.tags(model=spec.model_group),
        opts=component.child(),
    )
