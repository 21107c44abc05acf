"""Augmented AI: who reviews, what they see, where it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local.awsprovider.cases.identity import ROLE
from tests.local.awsprovider.cases.port import ACCOUNT, REGION, Case, World, fixed

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props

TASK = "aws:sagemaker/humanTaskUI:HumanTaskUI"
TEAM = "aws:sagemaker/workteam:Workteam"
WORKFORCE = "aws:sagemaker/workforce:Workforce"
_HERE = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}"


def _team(group: str) -> Props:
    member = {"clientId": "client", "userGroup": group, "userPool": "eu-central-1_Pool"}
    return {
        "workteamName": "fraud",
        "workforceName": "default",
        "description": "reviews payments",
        "memberDefinitions": [{"cognitoMemberDefinition": member}],
        "tags": {"team": "ml"},
    }


def _flow(world: World) -> Props:
    return {
        "flowDefinitionName": "fraud",
        "roleArn": world.arn(ROLE),
        "humanLoopConfig": {
            "humanTaskUiArn": f"{_HERE}:human-task-ui/fraud",
            "workteamArn": f"{_HERE}:workteam/private-crowd/fraud",
            "taskTitle": "review",
            "taskDescription": "review a payment",
            "taskCount": 1,
            "taskTimeLimitInSeconds": 600,
            "taskAvailabilityLifetimeInSeconds": 3600,
        },
        "outputConfig": {"s3OutputPath": "s3://answers/fraud", "kmsKeyId": "alias/answers"},
        "tags": {"team": "ml"},
    }


REVIEWS: dict[str, Case] = {
    TASK: Case(
        inputs=fixed(humanTaskUiName="fraud", uiTemplate={"content": "<crowd-form></crowd-form>"}, tags={"team": "ml"}),
        update=fixed(tags={"team": "risk"}),
        replace=fixed(humanTaskUiName="other"),
    ),
    WORKFORCE: Case(
        inputs=fixed(workforceName="default", cognitoConfig={"clientId": "client", "userPool": "eu-central-1_Pool"}),
        update=fixed(sourceIpConfig={"cidrs": ["10.0.0.0/16"]}),
        replace=fixed(workforceName="other"),
    ),
    TEAM: Case(
        inputs=lambda _w: _team("fraud"),
        update=lambda _w: {"memberDefinitions": _team("risk")["memberDefinitions"]},
        replace=fixed(workteamName="other"),
        behind=lambda w, i, _o: w.boto("sagemaker").update_workteam(WorkteamName=i, Description="renamed"),
        seen="description",
    ),
    "aws:sagemaker/flowDefinition:FlowDefinition": Case(
        inputs=_flow, update=fixed(tags={"team": "risk"}), replace=fixed(flowDefinitionName="other")
    ),
}
