"""Resources through the Cloud Control API: types that the SDK has no resource of its own for."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.errors import refusal
from trimtab.local.awsprovider.resource import Resource

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_WORKING = frozenset({"PENDING", "IN_PROGRESS"})
_PAUSE_SECONDS = 1.0


def _finish(ctx: Context, event: dict[str, Any]) -> dict[str, Any]:
    """Wait for a request to end.

    Raises:
        ClientError: its handler failed; with the handler's own words.
    """
    client = ctx.client("cloudcontrol")
    while event["OperationStatus"] in _WORKING:
        time.sleep(_PAUSE_SECONDS)
        event = client.get_resource_request_status(RequestToken=event["RequestToken"])["ProgressEvent"]
    if event["OperationStatus"] != "SUCCESS":
        operation = f"{event['Operation']} of {event['TypeName']}"
        raise refusal(operation, event.get("ErrorCode", "Unknown"), event.get("StatusMessage", ""))
    return event


def _create(ctx: Context, inputs: Props) -> str:
    client = ctx.client("cloudcontrol")
    asked = {"TypeName": inputs["typeName"], "DesiredState": inputs["desiredState"]}
    if inputs.get("roleArn"):
        asked["RoleArn"] = inputs["roleArn"]
    return str(_finish(ctx, client.create_resource(**asked)["ProgressEvent"])["Identifier"])


def _read(ctx: Context, identifier: str, state: Props) -> Props:
    """The whole model is `properties`; what was desired is only what was written, so it is not read back."""
    answer = ctx.client("cloudcontrol").get_resource(TypeName=state["typeName"], Identifier=identifier)
    properties = json.loads(answer["ResourceDescription"]["Properties"])
    return {"typeName": state["typeName"], "properties": json.dumps(properties), "region": ctx.region}


def _delete(ctx: Context, identifier: str, state: Props) -> None:
    client = ctx.client("cloudcontrol")
    _finish(ctx, client.delete_resource(TypeName=state["typeName"], Identifier=identifier)["ProgressEvent"])


CLOUDCONTROL: dict[str, Resource] = {
    # Job definitions, which this is used for, can only be made anew.
    "aws:cloudcontrol/resource:Resource": Resource(
        create=_create, read=_read, update=None, delete=_delete, replace=frozenset({"*"})
    ),
}
