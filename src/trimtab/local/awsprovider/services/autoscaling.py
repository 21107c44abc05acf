"""Auto scaling groups, with warm pool, tags, metrics and suspended processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api
from trimtab.local.awsprovider.convert import to_aws
from trimtab.local.awsprovider.resource import Resource
from trimtab.local.awsprovider.services.autoscaling_parts import AUTOSCALING_PARTS

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props

_RENAME = {
    "AutoScalingGroupName": "name",
    "AutoScalingGroupARN": "arn",
    "LaunchTemplate.LaunchTemplateId": "id",
    "LaunchTemplate.LaunchTemplateName": "name",
    "NewInstancesProtectedFromScaleIn": "protectFromScaleIn",
    "WarmPoolConfiguration": "warmPool",
    "Overrides": "overrides",
}
# Each is set by an operation of its own, or describes how the provider waits.
_APART = frozenset({"warmPool", "enabledMetrics", "metricsGranularity", "suspendedProcesses", "instanceRefresh"})


def _zones(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    subnets = inputs.get("vpcZoneIdentifiers")
    if subnets:
        params["VPCZoneIdentifier"] = ",".join(subnets)
    if params.get("Tags"):
        params["Tags"] = _tags(inputs["name"], inputs)


def _tags(group: str, inputs: Props) -> list[dict[str, Any]]:
    return [
        {
            "ResourceId": group,
            "ResourceType": "auto-scaling-group",
            "Key": tag["key"],
            "Value": tag["value"],
            "PropagateAtLaunch": tag["propagateAtLaunch"],
        }
        for tag in inputs.get("tags") or []
    ]


def _apart(ctx: Context, group: str, inputs: Props) -> None:
    client = ctx.client("autoscaling")
    pool = inputs.get("warmPool")
    if pool is not None:
        shape = client.meta.service_model.operation_model("PutWarmPool").input_shape
        client.put_warm_pool(**{**to_aws(shape, pool, {}), "AutoScalingGroupName": group})
    if inputs.get("enabledMetrics"):
        client.enable_metrics_collection(
            AutoScalingGroupName=group,
            Metrics=inputs["enabledMetrics"],
            Granularity=inputs.get("metricsGranularity") or "1Minute",
        )
    if inputs.get("suspendedProcesses"):
        client.suspend_processes(AutoScalingGroupName=group, ScalingProcesses=inputs["suspendedProcesses"])


def _complete(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props["vpcZoneIdentifiers"] = [zone for zone in answer.get("VPCZoneIdentifier", "").split(",") if zone]
    props["enabledMetrics"] = [metric["Metric"] for metric in answer.get("EnabledMetrics", [])]
    props["suspendedProcesses"] = [each["ProcessName"] for each in answer.get("SuspendedProcesses", [])]
    props["tags"] = [
        {"key": tag["Key"], "value": tag["Value"], "propagateAtLaunch": tag["PropagateAtLaunch"]}
        for tag in answer.get("Tags", [])
    ]
    if not answer.get("WarmPoolConfiguration"):
        props.pop("warmPool", None)


def _update(ctx: Context, group: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    client = ctx.client("autoscaling")
    if changed - _APART - {"tags"}:
        shape = client.meta.service_model.operation_model("UpdateAutoScalingGroup").input_shape
        params = to_aws(shape, {key: value for key, value in inputs.items() if key != "tags"}, _RENAME)
        _zones(ctx, inputs, params)
        client.update_auto_scaling_group(**{**params, "AutoScalingGroupName": group})
    if "tags" in changed:
        kept = {tag["key"] for tag in inputs.get("tags") or []}
        gone = [tag for tag in _tags(group, state) if tag["Key"] not in kept]
        if gone:
            client.delete_tags(Tags=gone)
        if kept:
            client.create_or_update_tags(Tags=_tags(group, inputs))
    if "warmPool" in changed and not inputs.get("warmPool"):
        client.delete_warm_pool(AutoScalingGroupName=group, ForceDelete=True)
    if "enabledMetrics" in changed:
        client.disable_metrics_collection(AutoScalingGroupName=group)
    if "suspendedProcesses" in changed:
        client.resume_processes(AutoScalingGroupName=group)
    _apart(ctx, group, {key: inputs.get(key) for key in changed & _APART} | {"metricsGranularity": "1Minute"})


def _delete(ctx: Context, group: str, _state: Props) -> None:
    """Its instances are ended first, as the real provider drains a group before deleting it."""
    client = ctx.client("autoscaling")
    client.update_auto_scaling_group(AutoScalingGroupName=group, MinSize=0, MaxSize=0, DesiredCapacity=0)
    client.delete_auto_scaling_group(AutoScalingGroupName=group, ForceDelete=True)


_GROUP = api(
    Api(
        service="autoscaling",
        create="create_auto_scaling_group",
        read="describe_auto_scaling_groups",
        read_by={"AutoScalingGroupNames": "[{id}]"},
        root="AutoScalingGroups[0]",
        delete="delete_auto_scaling_group",
        rename=_RENAME,
        adjust=_zones,
        after=_apart,
        complete=_complete,
    )
)

AUTOSCALING: dict[str, Resource] = {
    "aws:autoscaling/group:Group": Resource(
        create=_GROUP.create,
        read=_GROUP.read,
        update=_update,
        delete=_delete,
        replace=frozenset({"serviceLinkedRoleArn"}),
    ),
    **AUTOSCALING_PARTS,
}
