"""The rule that starts a retraining when an endpoint drifts; what cannot be delivered is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.monitoring.drift import alarm_raised, why_retrain
from trimtab.components.queues import dead_letter_queue
from trimtab.components.roles import service_role
from trimtab.components.statements import allow

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place

EVENTS = "events.amazonaws.com"
OLDEST_EVENT_SECONDS = 3600
ATTEMPTS = 12


def retrain_on_drift(
    component: Component,
    endpoint: str,
    *,
    alarm: aws.cloudwatch.MetricAlarm,
    machine_arn: pulumi.Input[str],
    key_arn: pulumi.Input[str],
    place: Place,
) -> aws.cloudwatch.EventRule:
    """Declare the rule, its role and its dead-letter queue."""
    label = f"{component.name}-{endpoint}-retrain"
    rule = aws.cloudwatch.EventRule(
        label,
        name=f"{component.context.prefix}-{endpoint}-retrain",
        description=f"{endpoint} drifts: retrain its model",
        event_pattern=alarm_raised(alarm.arn),
        tags=component.tags(),
        opts=component.child(),
    )
    role = service_role(
        component,
        f"{endpoint}-retrain",
        service=EVENTS,
        grants=[allow("StartRetraining", ["states:StartExecution"], [machine_arn])],
        source_arn=rule.arn,
        place=place,
    )
    queue = dead_letter_queue(
        component, f"{endpoint}-undelivered", service=EVENTS, source_arn=rule.arn, key_arn=key_arn
    )
    aws.cloudwatch.EventTarget(
        f"{label}-target",
        rule=rule.name,
        arn=machine_arn,
        role_arn=role.arn,
        input_transformer=why_retrain(endpoint),
        dead_letter_config=aws.cloudwatch.EventTargetDeadLetterConfigArgs(arn=queue.arn),
        retry_policy=aws.cloudwatch.EventTargetRetryPolicyArgs(
            maximum_event_age_in_seconds=OLDEST_EVENT_SECONDS, maximum_retry_attempts=ATTEMPTS
        ),
        opts=component.child(),
    )
    return rule
