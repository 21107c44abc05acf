"""CloudTrail trails and event data stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.convert import from_aws, to_aws
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_SELECTORS = ("eventSelectors", "advancedEventSelectors")
_RENAME = {
    "TrailARN": "arn",
    "S3BucketName": "s3BucketName",
    "TagsList": "tags",
    "EnableLogFileValidation": "enableLogFileValidation",
    "LogFileValidationEnabled": "enableLogFileValidation",
    "CloudWatchLogsLogGroupArn": "cloudWatchLogsGroupArn",
    "SnsTopicARN": "snsTopicArn",
    # A selector's field lists are singular there and plural here.
    "Equals": "equals",
    "NotEquals": "notEquals",
    "StartsWith": "startsWiths",
    "NotStartsWith": "notStartsWiths",
    "EndsWith": "endsWiths",
    "NotEndsWith": "notEndsWiths",
}


def _log(ctx: Context, trail: str, inputs: Props) -> None:
    client = ctx.client("cloudtrail")
    selecting = {name: inputs[name] for name in _SELECTORS if inputs.get(name)}
    if selecting:
        shape = client.meta.service_model.operation_model("PutEventSelectors").input_shape
        client.put_event_selectors(**{**to_aws(shape, selecting, _RENAME), "TrailName": trail})
    if inputs.get("insightSelectors"):
        shape = client.meta.service_model.operation_model("PutInsightSelectors").input_shape
        chosen = {"insightSelectors": inputs["insightSelectors"]}
        client.put_insight_selectors(**{**to_aws(shape, chosen, _RENAME), "TrailName": trail})
    if inputs.get("enableLogging", True):
        client.start_logging(Name=trail)
    else:
        client.stop_logging(Name=trail)


def _complete(ctx: Context, answer: dict[str, Any], props: Props) -> None:
    client = ctx.client("cloudtrail")
    arn = answer["TrailARN"]
    props["enableLogging"] = client.get_trail_status(Name=arn)["IsLogging"]
    held = client.get_event_selectors(TrailName=arn)
    for name in _SELECTORS:
        member = name[0].upper() + name[1:]
        if held.get(member):
            fields = {name: ctx.type.outputs[name]}
            props.update(from_aws({member: held[member]}, fields, ctx.type.objects, _RENAME))


def _update(ctx: Context, trail: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    _TRAIL.do_update(ctx, trail, state, inputs, changed)
    if changed & {*_SELECTORS, "insightSelectors", "enableLogging"}:
        _log(ctx, trail, inputs)


_TRAIL = Api(
    service="cloudtrail",
    create="create_trail",
    id_from="TrailARN",
    read="get_trail",
    read_by={"Name": "{id}"},
    root="Trail",
    update=(
        step(
            "update_trail",
            {"Name": "{id}"},
            when={
                "s3BucketName",
                "s3KeyPrefix",
                "kmsKeyId",
                "snsTopicName",
                "enableLogFileValidation",
                "isMultiRegionTrail",
                "includeGlobalServiceEvents",
                "isOrganizationTrail",
                "cloudWatchLogsGroupArn",
                "cloudWatchLogsRoleArn",
            },
        ),
    ),
    delete="delete_trail",
    rename=_RENAME,
    tagging=Tagging(
        "add_tags",
        "remove_tags",
        "ResourceId",
        "id",
        list="list_tags",
        at="ResourceTagList[0].TagsList",
        keys="TagsList",
        keys_are_tags=True,
        list_subject="ResourceIdList",
        tags_as="TagsList",
    ),
    after=_log,
    complete=_complete,
)
_CALLS = api(_TRAIL)

_STORE = Api(
    service="cloudtrail",
    create="create_event_data_store",
    id_from="EventDataStoreArn",
    read="get_event_data_store",
    read_by={"EventDataStore": "{id}"},
    root="[@][?Status != 'PENDING_DELETION'] | [0]",
    update=(step("update_event_data_store", {"EventDataStore": "{id}"}),),
    delete="delete_event_data_store",
    rename={**_RENAME, "EventDataStoreArn": "arn"},
)

CLOUDTRAIL: dict[str, Resource] = {
    "aws:cloudtrail/trail:Trail": Resource(
        create=_CALLS.create, read=_CALLS.read, update=_update, delete=_CALLS.delete
    ),
    "aws:cloudtrail/eventDataStore:EventDataStore": api(_STORE),
}
