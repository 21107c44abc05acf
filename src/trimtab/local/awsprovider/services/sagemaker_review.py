"""Augmented AI: task templates, flow definitions, work teams and the workforce."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.services.sagemaker_serving import SAGEMAKER_TAGS

if TYPE_CHECKING:
    from trimtab.local.awsprovider.resource import Resource

_TASK = Api(
    service="sagemaker",
    create="create_human_task_ui",
    id="{humanTaskUiName}",
    read="describe_human_task_ui",
    read_by={"HumanTaskUiName": "{id}"},
    delete="delete_human_task_ui",
    # The API does not give the template back, so what was declared stands.
    rename={"HumanTaskUiArn": "arn"},
    complete=lambda _ctx, _answer, props: props.pop("uiTemplate", None),
    tagging=SAGEMAKER_TAGS,
)
_FLOW = Api(
    service="sagemaker",
    create="create_flow_definition",
    id="{flowDefinitionName}",
    read="describe_flow_definition",
    read_by={"FlowDefinitionName": "{id}"},
    delete="delete_flow_definition",
    rename={"FlowDefinitionArn": "arn"},
    tagging=SAGEMAKER_TAGS,
)
_TEAM = Api(
    service="sagemaker",
    create="create_workteam",
    id="{workteamName}",
    read="describe_workteam",
    read_by={"WorkteamName": "{id}"},
    root="Workteam",
    update=(step("update_workteam", {"WorkteamName": "{id}"}),),
    delete="delete_workteam",
    rename={"WorkteamArn": "arn", "SubDomain": "subdomain"},
    tagging=SAGEMAKER_TAGS,
)
_WORKFORCE = Api(
    service="sagemaker",
    create="create_workforce",
    id="{workforceName}",
    read="describe_workforce",
    read_by={"WorkforceName": "{id}"},
    root="Workforce",
    update=(step("update_workforce", {"WorkforceName": "{id}"}),),
    delete="delete_workforce",
    rename={"WorkforceArn": "arn", "SubDomain": "subdomain"},
)

SAGEMAKER_REVIEW: dict[str, Resource] = {
    "aws:sagemaker/humanTaskUI:HumanTaskUI": api(_TASK),
    "aws:sagemaker/flowDefinition:FlowDefinition": api(_FLOW),
    "aws:sagemaker/workteam:Workteam": api(_TEAM, replace=("workteamName", "workforceName")),
    "aws:sagemaker/workforce:Workforce": api(_WORKFORCE, replace=("workforceName", "cognitoConfig")),
}
