"""Augmented AI, which moto lacks: task templates, flow definitions, work teams and the workforce.

Requests and answers are those of https://docs.aws.amazon.com/sagemaker/latest/APIReference/.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult
from moto.sagemaker.responses import SageMakerResponse

from trimtab.local.cloud.documents import sent
from trimtab.local.cloud.sagemaker_kind import as_method, sagemaker_kind

if TYPE_CHECKING:
    from trimtab.local.cloud.documents import Answer, Documents


def _task(asked: Answer) -> Answer:
    """The template itself is never given back: only where it lies, and its digest."""
    content = asked["UiTemplate"]["Content"]
    digest = hashlib.sha256(content.encode()).hexdigest()
    where = f"https://templates.sagemaker.aws/{asked['HumanTaskUiName']}"
    return {"HumanTaskUiStatus": "Active", "UiTemplate": {"Url": where, "ContentSha256": digest}}


def _team(asked: Answer) -> Answer:
    return {"SubDomain": f"{asked['WorkteamName']}.labeling.sagemaker.aws"}


def _workforce(asked: Answer) -> Answer:
    return {"SubDomain": f"{asked['WorkforceName']}.labeling.sagemaker.aws", "Status": "Active"}


TASKS = sagemaker_kind("human-task-ui", "HumanTaskUiName", "HumanTaskUiArn", _task)
FLOWS = sagemaker_kind(
    "flow-definition", "FlowDefinitionName", "FlowDefinitionArn", lambda _: {"FlowDefinitionStatus": "Active"}
)
TEAMS = sagemaker_kind("workteam/private-crowd", "WorkteamName", "WorkteamArn", _team)
WORKFORCES = sagemaker_kind("workforce", "WorkforceName", "WorkforceArn", _workforce)
REVIEW_KINDS = (TASKS, FLOWS, TEAMS, WORKFORCES)


def _wrapped(documents: Documents, member: str) -> Any:
    """A description one level down, as teams and workforces have it."""

    def describe(response: Any) -> ActionResult:
        return ActionResult({member: documents.get(response, sent(response)[documents.name]).members})

    return describe


def _updated(documents: Documents, member: str) -> Any:
    def update(response: Any) -> ActionResult:
        documents.update(response)
        return ActionResult({member: documents.get(response, sent(response)[documents.name]).members})

    return update


def _delete_team(response: Any) -> ActionResult:
    TEAMS.delete(response)
    return ActionResult({"Success": True})


def install_sagemaker_reviews() -> None:
    """Serve the operations of these kinds."""
    operations = {
        "create_human_task_ui": TASKS.create,
        "describe_human_task_ui": TASKS.describe,
        "delete_human_task_ui": TASKS.delete,
        "list_human_task_uis": TASKS.list_as("HumanTaskUiSummaries"),
        "create_flow_definition": FLOWS.create,
        "describe_flow_definition": FLOWS.describe,
        "delete_flow_definition": FLOWS.delete,
        "list_flow_definitions": FLOWS.list_as("FlowDefinitionSummaries"),
        "create_workteam": TEAMS.create,
        "describe_workteam": _wrapped(TEAMS, "Workteam"),
        "update_workteam": _updated(TEAMS, "Workteam"),
        "delete_workteam": _delete_team,
        "list_workteams": TEAMS.list_as("Workteams"),
        "create_workforce": WORKFORCES.create,
        "describe_workforce": _wrapped(WORKFORCES, "Workforce"),
        "update_workforce": _updated(WORKFORCES, "Workforce"),
        "delete_workforce": WORKFORCES.delete,
        "list_workforces": WORKFORCES.list_as("Workforces"),
    }
    for name, operation in operations.items():
        setattr(SageMakerResponse, name, as_method(operation))
