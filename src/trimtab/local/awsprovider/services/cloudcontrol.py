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
_UPDATABLE = frozenset({"AWS::SageMaker::InferenceComponent"})


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


def _update(ctx: Context, identifier: str, state: Props, inputs: Props, _changed: frozenset[str]) -> None:
    """Send what changed of the desired state as a JSON patch of its top-level members, as the real provider does."""
    before, after = json.loads(state["desiredState"]), json.loads(inputs["desiredState"])
    patch = [
        {"op": "replace" if name in before else "add", "path": f"/{name}", "value": value}
        for name, value in after.items()
        if before.get(name) != value
    ]
    patch += [{"op": "remove", "path": f"/{name}"} for name in before if name not in after]
    asked = {"TypeName": inputs["typeName"], "Identifier": identifier, "PatchDocument": json.dumps(patch)}
    _finish(ctx, ctx.client("cloudcontrol").update_resource(**asked)["ProgressEvent"])


def _anew(inputs: Props) -> bool:
    """Whether the type can only be made anew: all that this is used for but inference components."""
    return inputs.get("typeName") not in _UPDATABLE


CLOUDCONTROL: dict[str, Resource] = {
    "aws:cloudcontrol/resource:Resource": Resource(
        create=_create,
        read=_read,
        update=_update,
        delete=_delete,
        replace=frozenset({"typeName"}),
        anew=_anew,
    ),
}
