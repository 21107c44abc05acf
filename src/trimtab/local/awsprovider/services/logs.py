"""CloudWatch log groups and metric filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _retain(ctx: Context, group: str, inputs: Props) -> None:
    days = inputs.get("retentionInDays")
    if days:
        ctx.client("logs").put_retention_policy(logGroupName=group, retentionInDays=days)


def _complete(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["arn"] = answer["arn"].removesuffix(":*")
    props["retentionInDays"] = answer.get("retentionInDays", 0)
    props["kmsKeyId"] = answer.get("kmsKeyId")


def _update(ctx: Context, group: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    logs = ctx.client("logs")
    _GROUP.do_update(ctx, group, state, inputs, changed)
    if "retentionInDays" in changed:
        if inputs.get("retentionInDays"):
            _retain(ctx, group, inputs)
        else:
            logs.delete_retention_policy(logGroupName=group)
    if "kmsKeyId" in changed:
        if inputs.get("kmsKeyId"):
            logs.associate_kms_key(logGroupName=group, kmsKeyId=inputs["kmsKeyId"])
        else:
            logs.disassociate_kms_key(logGroupName=group)


def _delete(ctx: Context, group: str, state: Props) -> None:
    if not state.get("skipDestroy"):
        ctx.client("logs").delete_log_group(logGroupName=group)


_GROUP = Api(
    service="logs",
    create="create_log_group",
    read="describe_log_groups",
    read_by={"logGroupNamePrefix": "{id}"},
    root="logGroups",
    pick="logGroupName",
    delete="delete_log_group",
    rename={"logGroupName": "name"},
    tagging=Tagging(
        "tag_resource", "untag_resource", "resourceArn", list="list_tags_for_resource", at="tags", keys="tagKeys"
    ),
    after=_retain,
    complete=_complete,
)
_CALLS = api(_GROUP)


def _transformation(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    given = inputs["metricTransformation"]
    names = {"name": "metricName", "namespace": "metricNamespace", "value": "metricValue", "unit": "unit"}
    found: dict[str, Any] = {member: given[name] for name, member in names.items() if given.get(name)}
    if given.get("defaultValue") is not None:
        found["defaultValue"] = float(given["defaultValue"])
    if given.get("dimensions"):
        found["dimensions"] = given["dimensions"]
    params["metricTransformations"] = [found]


def _read_transformation(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    found = answer["metricTransformations"][0]
    props["metricTransformation"] = {
        "name": found["metricName"],
        "namespace": found["metricNamespace"],
        "value": found["metricValue"],
    }


_FILTER = Api(
    service="logs",
    create="put_metric_filter",
    read="describe_metric_filters",
    read_by={"logGroupName": "{logGroupName}", "filterNamePrefix": "{id}"},
    root="metricFilters",
    pick="filterName",
    update=(step("put_metric_filter", adjust=_transformation),),
    delete="delete_metric_filter",
    delete_by={"logGroupName": "{logGroupName}", "filterName": "{id}"},
    rename={"filterName": "name", "filterPattern": "pattern", "metricTransformations": ""},
    adjust=_transformation,
    complete=_read_transformation,
)

LOGS: dict[str, Resource] = {
    "aws:cloudwatch/logGroup:LogGroup": Resource(
        create=_CALLS.create, read=_CALLS.read, update=_update, delete=_delete, replace=frozenset({"logGroupClass"})
    ),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": api(_FILTER, replace=("logGroupName",)),
}
