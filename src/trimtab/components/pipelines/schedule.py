"""Retraining by the clock: EventBridge Scheduler starts the state machine."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.queues import dead_letter_queue
from trimtab.components.roles import service_role, use_key
from trimtab.components.statements import allow

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.spec.pipelines import RetrainingPipeline

SCHEDULER = "scheduler.amazonaws.com"
OLDEST_START_SECONDS, ATTEMPTS = 3600, 12
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


def retraining_schedule(
    component: Component,
    spec: RetrainingPipeline,
    *,
    machine: aws.sfn.StateMachine,
    key_arn: pulumi.Input[str],
    place: Place,
) -> aws.scheduler.Schedule | None:
    """Declare the schedule; None where the pipeline has none. A start that fails ends in a queue."""
    if spec.schedule is None:
        return None
    queue = dead_letter_queue(component, "unstarted", service=None, source_arn=None, key_arn=key_arn)
    role = service_role(
        component,
        "schedule",
        service=SCHEDULER,
        grants=[
            allow("StartRetraining", ["states:StartExecution"], [machine.arn]),
            allow("KeepFailedStarts", ["sqs:SendMessage"], [queue.arn]),
            use_key("Queue", key_arn),
        ],
        place=place,
    )
    return aws.scheduler.Schedule(
        f"{component.name}-schedule",
        name=f"{component.context.prefix}-{spec.name}",
        description=f"retrains {spec.model_group}",
        schedule_expression=scheduler_expression(spec.schedule),
        schedule_expression_timezone="UTC",
        flexible_time_window=aws.scheduler.ScheduleFlexibleTimeWindowArgs(mode="OFF"),
        target=aws.scheduler.ScheduleTargetArgs(
            arn=machine.arn,
            role_arn=role.arn,
            input=json.dumps({"reason": "schedule", "endpoint": spec.endpoint}),
            dead_letter_config=aws.scheduler.ScheduleTargetDeadLetterConfigArgs(arn=queue.arn),
            retry_policy=aws.scheduler.ScheduleTargetRetryPolicyArgs(
                maximum_event_age_in_seconds=OLDEST_START_SECONDS, maximum_retry_attempts=ATTEMPTS
            ),
        ),
        opts=component.child(),
    )


def scheduler_expression(cron: str) -> str:
    """Return a five-field cron as EventBridge Scheduler writes it.

    Scheduler adds a year, counts Sunday as 1 (so days are named), and wants `?` in one of the two day fields.

    | cron         | Scheduler               |
    |--------------|-------------------------|
    | 0 3 * * *    | cron(0 3 * * ? *)       |
    | 0 3 * * 1-5  | cron(0 3 ? * MON-FRI *) |
    | 0 3 1 * *    | cron(0 3 1 * ? *)       |
    | 0 3 * * 0,6  | cron(0 3 ? * SUN,SAT *) |
    """
    minute, hour, day, month, weekday = cron.split()
    days, slash, step = weekday.partition("/")
    named = re.sub(r"\d", lambda number: _DAYS[int(number[0])], days) + slash + step
    return f"cron({minute} {hour} {day if named == '*' else '?'} {month} {'?' if named == '*' else named} *)"
