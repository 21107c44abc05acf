"""Step Functions state machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.resource import Resource
    from trimtab.local.awsprovider.values import Props

_RENAME = {"stateMachineArn": "arn", "destinations": "", "logGroupArn": ""}


def _logging(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    """One destination here, a list of structures there."""
    destination = (inputs.get("loggingConfiguration") or {}).get("logDestination")
    if destination:
        params["loggingConfiguration"]["destinations"] = [{"cloudWatchLogsLogGroup": {"logGroupArn": destination}}]


def _read_logging(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    held = answer.get("loggingConfiguration") or {}
    for destination in held.get("destinations") or []:
        props["loggingConfiguration"]["logDestination"] = destination["cloudWatchLogsLogGroup"]["logGroupArn"]


_MACHINE = Api(
    service="stepfunctions",
    create="create_state_machine",
    id_from="stateMachineArn",
    read="describe_state_machine",
    read_by={"stateMachineArn": "{id}"},
    update=(step("update_state_machine", {"stateMachineArn": "{id}"}, adjust=_logging),),
    delete="delete_state_machine",
    rename=_RENAME,
    tagging=Tagging(
        "tag_resource",
        "untag_resource",
        "resourceArn",
        "id",
        list="list_tags_for_resource",
        at="tags",
        keys="tagKeys",
    ),
    adjust=_logging,
    complete=_read_logging,
)

STEPFUNCTIONS: dict[str, Resource] = {
    "aws:sfn/stateMachine:StateMachine": api(
        _MACHINE, replace=("type",), moving=("revisionId", "stateMachineVersionArn")
    ),
}
