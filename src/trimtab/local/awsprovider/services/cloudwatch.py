"""CloudWatch alarms and dashboards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step
from trimtab.local.awsprovider.tagging import Tagging

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.resource import Resource
    from trimtab.local.awsprovider.values import Props

_TAGS = Tagging("tag_resource", "untag_resource", "ResourceARN", list="list_tags_for_resource")


def _dimensions(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    """Dimensions are a map here and a list of names and values there, also within a query's metric."""
    if inputs.get("dimensions"):
        params["Dimensions"] = _pairs(inputs["dimensions"])
    for query, given in zip(params.get("Metrics") or [], inputs.get("metricQueries") or [], strict=True):
        metric = given.get("metric")
        if metric:
            query["MetricStat"] = {
                "Metric": {
                    "Namespace": metric.get("namespace"),
                    "MetricName": metric["metricName"],
                    "Dimensions": _pairs(metric.get("dimensions") or {}),
                },
                "Period": metric["period"],
                "Stat": metric["stat"],
                **({"Unit": metric["unit"]} if metric.get("unit") else {}),
            }


def _pairs(dimensions: dict[str, str]) -> list[dict[str, str]]:
    return [{"Name": name, "Value": value} for name, value in dimensions.items()]


def _map(pairs: list[dict[str, str]]) -> dict[str, str]:
    return {pair["Name"]: pair["Value"] for pair in pairs}


def _complete(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props.pop("metricQueries", None)
    props.pop("dimensions", None)
    if answer.get("Dimensions"):
        props["dimensions"] = _map(answer["Dimensions"])
    if answer.get("Metrics"):
        props["metricQueries"] = [_query(query) for query in answer["Metrics"]]


def _query(query: dict[str, Any]) -> Props:
    names = {"Id": "id", "Expression": "expression", "Label": "label", "ReturnData": "returnData"}
    props: Props = {name: query[member] for member, name in names.items() if query.get(member) is not None}
    stat = query.get("MetricStat")
    if stat:
        metric = stat["Metric"]
        props["metric"] = {
            "namespace": metric.get("Namespace"),
            "metricName": metric["MetricName"],
            "dimensions": _map(metric.get("Dimensions") or []),
            "period": stat["Period"],
            "stat": stat["Stat"],
        }
    return props


_RENAME = {
    "AlarmName": "name",
    "AlarmArn": "arn",
    "OKActions": "okActions",
    "Metrics": "metricQueries",
    "Dimensions": "",
    "MetricStat": "",
}
_ALARM = Api(
    service="cloudwatch",
    create="put_metric_alarm",
    read="describe_alarms",
    read_by={"AlarmNames": "[{id}]"},
    root="MetricAlarms[0]",
    update=(step("put_metric_alarm", adjust=_dimensions),),
    delete="delete_alarms",
    rename=_RENAME,
    tagging=_TAGS,
    adjust=_dimensions,
    complete=_complete,
)


_COMPOSITE = Api(
    service="cloudwatch",
    create="put_composite_alarm",
    id="{alarmName}",
    read="describe_alarms",
    read_by={"AlarmNames": "[{id}]"},
    root="CompositeAlarms[0]",
    update=(step("put_composite_alarm"),),
    delete="delete_alarms",
    rename={"AlarmArn": "arn", "OKActions": "okActions"},
    tagging=_TAGS,
)


def _body(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["dashboardBody"] = json.dumps(json.loads(answer["DashboardBody"]))


_DASHBOARD = Api(
    service="cloudwatch",
    create="put_dashboard",
    id="{dashboardName}",
    read="get_dashboard",
    read_by={"DashboardName": "{id}"},
    update=(step("put_dashboard"),),
    delete="delete_dashboards",
    delete_by={"DashboardNames": "[{id}]"},
    complete=_body,
)

CLOUDWATCH: dict[str, Resource] = {
    "aws:cloudwatch/metricAlarm:MetricAlarm": api(_ALARM),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": api(_COMPOSITE, replace=("alarmName",)),
    "aws:cloudwatch/dashboard:Dashboard": api(_DASHBOARD, replace=("dashboardName",)),
}
