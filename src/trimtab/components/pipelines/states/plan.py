"""What a state machine is made of, once every output is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.spec.audit import RISK_TAG

if TYPE_CHECKING:
    from trimtab.spec.pipelines import RetrainingPipeline
    from trimtab.spec.serving import ServingEndpoint

State = dict[str, Any]
States = dict[str, State]

RETRY: list[dict[str, Any]] = [
    {
        "ErrorEquals": ["States.ALL"],
        "IntervalSeconds": 10,
        "MaxAttempts": 5,
        "BackoffRate": 2,
        "MaxDelaySeconds": 300,
        "JitterStrategy": "FULL",
    }
]
"""Throttling and services that are busy: 10 s to 5 min between attempts, about 5 minutes in all."""


@dataclass(frozen=True)
class MachinePlan:
    """Plain values of one state machine."""

    partition: str
    spec: RetrainingPipeline
    pipeline_name: str
    endpoint: ServingEndpoint
    endpoint_name: str
    role_arn: str
    subnet_ids: tuple[str, ...]
    security_group_id: str | None
    rollback_alarm_names: tuple[str, ...]
    topic_arn: str | None
    data_bucket: str
    baseline_prefix: str | None
    """Prefix of the baselines of candidates; None: no monitor wants one."""
    tags: dict[str, str]

    def deployed_tags(self) -> list[dict[str, str]]:
        """Return the tags of what is deployed: the pipeline's, and the risk class of the endpoint that it serves."""
        tags = {**self.tags, RISK_TAG: self.endpoint.eu_ai_act_risk}
        return [{"Key": key, "Value": value} for key, value in sorted(tags.items())]

    def task(self, service: str, action: str, parameters: State, **rest: Any) -> State:
        """Return a state that makes one call of the AWS SDK."""
        resource = f"arn:{self.partition}:states:::aws-sdk:{service}:{action}"
        return {"Type": "Task", "Resource": resource, "Parameters": parameters, "Retry": RETRY, **rest}


def failure(error: str, cause: str) -> State:
    """Return a state that ends the execution as failed."""
    return {"Type": "Fail", "Error": error, "Cause": cause}


def tell(plan: MachinePlan, subject: str, message: str, following: str) -> State:
    """Return a state that tells the topic; without a topic it does nothing.

    Args:
        plan: the machine.
        subject: the mail's subject, 100 characters at most (SNS's rule).
        message: an intrinsic that makes the text, `States.Format(…)`.
        following: the next state.
    """
    if plan.topic_arn is None:
        return {"Type": "Pass", "Next": following}
    return plan.task(
        "sns",
        "publish",
        {"TopicArn": plan.topic_arn, "Subject": subject[:100], "Message.$": message},
        ResultPath=None,
        Next=following,
    )
