"""The whole state machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.pipelines.states.approval import approval_states
from trimtab.components.pipelines.states.deployment import deployment_states
from trimtab.components.pipelines.states.plan import MachinePlan
from trimtab.components.pipelines.states.training import training_states

if TYPE_CHECKING:
    from trimtab.components.pipelines.states.plan import States

__all__ = ["MachinePlan", "state_machine_definition"]

SLACK_SECONDS = 2 * 86_400
"""Training and deployment together; an execution that outlives approval and this is stuck."""


def state_machine_definition(plan: MachinePlan) -> dict[str, Any]:
    """Return the definition in Amazon States Language."""
    states: States = {
        **training_states(plan, following="AskForApproval"),
        **approval_states(plan, following="NameVersion"),
        **deployment_states(plan),
    }
    timeout = plan.spec.training.max_runtime_seconds + plan.spec.approval_timeout_seconds + SLACK_SECONDS
    return {
        "Comment": f"{plan.spec.name}: train, await approval, deploy to {plan.endpoint_name}",
        "StartAt": "StartTraining",
        "TimeoutSeconds": timeout,
        "States": states,
    }
