"""AWS Config: the recorder, where it delivers, whether it runs, and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.convert import to_aws
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _whole(member: str, rename: dict[str, str]) -> Any:
    """Config takes one structure; what it holds are the resource's own properties."""

    def adjust(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
        operation = _PUTS[member]
        shape = ctx.client("config").meta.service_model.operation_model(operation).input_shape
        params[member] = to_aws(shape.members[member], inputs, rename, member)

    return adjust


_PUTS = {
    "ConfigurationRecorder": "PutConfigurationRecorder",
    "DeliveryChannel": "PutDeliveryChannel",
    "ConfigRule": "PutConfigRule",
}
_RECORDER_NAMES = {"roleARN": "roleArn"}
_CHANNEL_NAMES = {"configSnapshotDeliveryProperties": "snapshotDeliveryProperties", "snsTopicARN": "snsTopicArn"}
_CHANNEL_NAMES |= {"s3KmsKeyArn": "s3KmsKeyArn"}
_RULE_NAMES = {"ConfigRuleName": "name", "ConfigRuleArn": "arn", "ConfigRuleId": "ruleId"}


def _strategy(ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    _whole("ConfigurationRecorder", _RECORDER_NAMES)(ctx, inputs, params)
    group = inputs.get("recordingGroup") or {}
    held = params["ConfigurationRecorder"].get("recordingGroup")
    if held is not None:
        # The API defaults it to true; a list of types means that not all are meant.
        held.setdefault("allSupported", not group.get("resourceTypes"))
        held.setdefault("includeGlobalResourceTypes", False)


_RECORDER = Api(
    service="config",
    create="put_configuration_recorder",
    read="describe_configuration_recorders",
    read_by={"ConfigurationRecorderNames": "[{id}]"},
    root="ConfigurationRecorders[0]",
    update=(step("put_configuration_recorder", adjust=_strategy),),
    delete="delete_configuration_recorder",
    delete_by={"ConfigurationRecorderName": "{id}"},
    rename=_RECORDER_NAMES,
    adjust=_strategy,
)
_CHANNEL = Api(
    service="config",
    create="put_delivery_channel",
    read="describe_delivery_channels",
    read_by={"DeliveryChannelNames": "[{id}]"},
    root="DeliveryChannels[0]",
    update=(step("put_delivery_channel", adjust=_whole("DeliveryChannel", _CHANNEL_NAMES)),),
    delete="delete_delivery_channel",
    delete_by={"DeliveryChannelName": "{id}"},
    rename=_CHANNEL_NAMES,
    adjust=_whole("DeliveryChannel", _CHANNEL_NAMES),
)
_RULE = Api(
    service="config",
    create="put_config_rule",
    read="describe_config_rules",
    read_by={"ConfigRuleNames": "[{id}]"},
    root="ConfigRules[0]",
    update=(step("put_config_rule", adjust=_whole("ConfigRule", _RULE_NAMES)),),
    delete="delete_config_rule",
    delete_by={"ConfigRuleName": "{id}"},
    rename=_RULE_NAMES,
    tagging=Tagging("tag_resource", "untag_resource", "ResourceArn", list="list_tags_for_resource"),
    adjust=_whole("ConfigRule", _RULE_NAMES),
)


def _switch(ctx: Context, inputs: Props) -> str:
    config = ctx.client("config")
    turn = config.start_configuration_recorder if inputs["isEnabled"] else config.stop_configuration_recorder
    turn(ConfigurationRecorderName=inputs["name"])
    return str(inputs["name"])


def _read_switch(ctx: Context, name: str, _state: Props) -> Props | None:
    found = ctx.client("config").describe_configuration_recorder_status(ConfigurationRecorderNames=[name])
    held = found["ConfigurationRecordersStatus"]
    return {"name": name, "isEnabled": held[0]["recording"], "region": ctx.region} if held else None


def _turn(ctx: Context, _id: str, _state: Props, inputs: Props, _changed: frozenset[str]) -> None:
    _switch(ctx, inputs)


def _off(ctx: Context, name: str, _state: Props) -> None:
    ctx.client("config").stop_configuration_recorder(ConfigurationRecorderName=name)


CONFIG: dict[str, Resource] = {
    "aws:cfg/recorder:Recorder": api(_RECORDER),
    "aws:cfg/deliveryChannel:DeliveryChannel": api(_CHANNEL),
    "aws:cfg/rule:Rule": api(_RULE),
    "aws:cfg/recorderStatus:RecorderStatus": Resource(create=_switch, read=_read_switch, update=_turn, delete=_off),
}
