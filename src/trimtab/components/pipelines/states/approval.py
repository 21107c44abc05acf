"""Second chapter: a person approves the version, or rejects it, or nobody does in time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from trimtab.components.pipelines.states.plan import failure, tell

if TYPE_CHECKING:
    from trimtab.components.pipelines.states.plan import MachinePlan, States

MOST_POLLS = 700
"""A poll is some ten events of an execution's history, which Step Functions ends at 25,000."""
SHORTEST_POLL_SECONDS = 60


def poll_seconds(timeout: int) -> int:
    """Return the time between two looks at the approval: 3,600 s → 60, 604,800 s (a week) → 864."""
    return max(SHORTEST_POLL_SECONDS, math.ceil(timeout / MOST_POLLS))


def approval_states(plan: MachinePlan, following: str) -> States:
    """Return the states; they end in `following` for an approved version only."""
    timeout = plan.spec.approval_timeout_seconds
    seconds = poll_seconds(timeout)
    return {
        "AskForApproval": tell(
            plan,
            f"{plan.spec.name}: a version waits for approval",
            "States.Format('Approve or reject {} in the model registry. Its metrics are part of the package.', "
            "$.Version.Arn)",
            "StartCounting",
        ),
        "StartCounting": {"Type": "Pass", "Result": {"Count": 0}, "ResultPath": "$.Polls", "Next": "AwaitApproval"},
        "AwaitApproval": {"Type": "Wait", "Seconds": seconds, "Next": "AskApproval"},
        "AskApproval": plan.task(
            "sagemaker",
            "describeModelPackage",
            {"ModelPackageName.$": "$.Version.Arn"},
            ResultSelector={"Status.$": "$.ModelApprovalStatus"},
            ResultPath="$.Approval",
            Next="Count",
        ),
        "Count": {
            "Type": "Pass",
            "Parameters": {"Count.$": "States.MathAdd($.Polls.Count, 1)"},
            "ResultPath": "$.Polls",
            "Next": "IsApproved",
        },
        "IsApproved": {
            "Type": "Choice",
            "Choices": [
                {"Variable": "$.Approval.Status", "StringEquals": "Approved", "Next": following},
                {"Variable": "$.Approval.Status", "StringEquals": "Rejected", "Next": "Rejected"},
                {
                    "Variable": "$.Polls.Count",
                    "NumericGreaterThanEquals": math.ceil(timeout / seconds),
                    "Next": "NobodyApproved",
                },
            ],
            "Default": "AwaitApproval",
        },
        "Rejected": failure("Rejected", "the version was rejected in the model registry"),
        "NobodyApproved": failure("NobodyApproved", f"nobody approved the version within {timeout} s"),
    }
