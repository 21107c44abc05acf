"""A training job that hangs ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import SAGEMAKER_TRAINING_JOB

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class LimitConfig(RuleConfig):
    """How long is too long."""

    hours: int = Field(72, ge=1, description="Longest limit that a job may have.")


def check(job: Resource, config: LimitConfig) -> Messages:
    seconds = job.props.block("stoppingCondition").number("maxRuntimeInSeconds")
    if seconds == 0:
        yield "has no time limit of its own"
    elif seconds > config.hours * _HOUR:
        yield f"may run {seconds / _HOUR:g} hours, more than {config.hours}"


_HOUR = 3600


RULE = ResourceRule(
    id="training-job-has-limit",
    title="Training jobs have a time limit",
    pack="cost",
    severity=Severity.MEDIUM,
    types=(SAGEMAKER_TRAINING_JOB,),
    why=(
        "A job that waits for a lost machine is paid for until its limit, which is a day unless "
        "somebody said otherwise."
    ),
    remedy="Say how long it may run:",
    code='stopping_condition={"max_runtime_in_seconds": 14400}',
    frameworks={Framework.ISO_42001: ("A.4.5",)},
    config=LimitConfig,
    check=check,
    fails=example(resource(SAGEMAKER_TRAINING_JOB, "fraud", trainingJobName="fraud")),
    passes=example(
        resource(
            SAGEMAKER_TRAINING_JOB, "fraud", trainingJobName="fraud", stoppingCondition={"maxRuntimeInSeconds": 14400}
        )
    ),
)
