"""EventBridge rules and targets, and EventBridge Scheduler."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.convert import from_aws, to_aws
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _enabled(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["isEnabled"] = answer.get("State") != "DISABLED"


def _state(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    params.pop("Tags", None)
    if inputs.get("isEnabled") is not None:
        params["State"] = "ENABLED" if inputs["isEnabled"] else "DISABLED"


def _new_state(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    tags = params.get("Tags")
    _state(ctx, inputs, params)
    if tags:
        params["Tags"] = tags


_RULE = Api(
    service="events",
    create="put_rule",
    read="describe_rule",
    read_by={"Name": "{id}"},
    update=(step("put_rule", adjust=_state),),
    delete="delete_rule",
    tagging=Tagging("tag_resource", "untag_resource", "ResourceARN", list="list_tags_for_resource"),
    adjust=_new_state,
    complete=_enabled,
)

_RENAME = {"Id": "targetId", "SageMakerPipelineParameters": "sagemakerPipelineTarget"}
_RENAME |= {"InputTransformer.InputPathsMap": "inputPaths", "EcsParameters": "ecsTarget"}
_RENAME |= {"SqsParameters": "sqsTarget", "BatchParameters": "batchTarget"}


def _bus(props: Props) -> dict[str, Any]:
    return {"EventBusName": props["eventBusName"]} if props.get("eventBusName") else {}


def _target_id(inputs: Props) -> str:
    """Without an id of its own a target takes its rule's name: EventBridge keys targets within a rule."""
    return str(inputs.get("targetId") or inputs["rule"])[:64]


def _put_target(ctx: Context, inputs: Props) -> str:
    events = ctx.client("events")
    shape = events.meta.service_model.operation_model("PutTargets").input_shape.members["Targets"].member
    target = to_aws(shape, inputs, _RENAME) | {"Id": _target_id(inputs)}
    events.put_targets(Rule=inputs["rule"], Targets=[target], **_bus(inputs))
    return f"{inputs['rule']}-{_target_id(inputs)}"


def _read_target(ctx: Context, target_id: str, state: Props) -> Props | None:
    asked = _bus(state) | {"Rule": state["rule"]}
    for target in ctx.client("events").list_targets_by_rule(**asked)["Targets"]:
        if f"{state['rule']}-{target['Id']}" == target_id:
            props = from_aws(target, ctx.type.outputs, ctx.type.objects, _RENAME)
            return {**props, "rule": state["rule"], "region": ctx.region}
    return None


def _update_target(ctx: Context, _id: str, _state: Props, inputs: Props, _changed: frozenset[str]) -> None:
    _put_target(ctx, inputs)


def _remove_target(ctx: Context, target_id: str, state: Props) -> None:
    name = target_id.removeprefix(f"{state['rule']}-")
    ctx.client("events").remove_targets(Rule=state["rule"], Ids=[name], **_bus(state))


_GROUP_AND_NAME = {"GroupName": "{groupName}", "Name": "{name}"}


def _read_schedule(ctx: Context, schedule_id: str, state: Props) -> Props | None:
    group, _, name = schedule_id.partition("/")
    return _SCHEDULE.do_read(ctx, schedule_id, {**state, "groupName": group, "name": name})


def _delete_schedule(ctx: Context, schedule_id: str, _state: Props) -> None:
    group, _, name = schedule_id.partition("/")
    ctx.client("scheduler").delete_schedule(GroupName=group, Name=name)


def _create_schedule(ctx: Context, inputs: Props) -> str:
    return _SCHEDULE.do_create(ctx, {"groupName": "default", **inputs})


_SCHEDULE = Api(
    service="scheduler",
    create="create_schedule",
    id="{groupName}/{name}",
    read="get_schedule",
    read_by=_GROUP_AND_NAME,
    update=(step("update_schedule"),),
    delete="delete_schedule",
    rename={"SageMakerPipelineParameters": "sagemakerPipelineParameters"},
)

EVENTS: dict[str, Resource] = {
    "aws:cloudwatch/eventRule:EventRule": api(_RULE, replace=("eventBusName",)),
    "aws:cloudwatch/eventTarget:EventTarget": Resource(
        create=_put_target,
        read=_read_target,
        update=_update_target,
        delete=_remove_target,
        replace=frozenset({"rule", "eventBusName", "targetId"}),
    ),
    "aws:scheduler/schedule:Schedule": Resource(
        create=_create_schedule,
        read=_read_schedule,
        update=_SCHEDULE.do_update,
        delete=_delete_schedule,
        replace=frozenset({"groupName"}),
    ),
}
