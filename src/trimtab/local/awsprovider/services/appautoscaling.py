"""Application Auto Scaling: targets, policies and scheduled actions, all named by what they scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.resource import Resource
    from trimtab.local.awsprovider.values import Props

_SCALED = {
    "ServiceNamespace": "{serviceNamespace}",
    "ResourceId": "{resourceId}",
    "ScalableDimension": "{scalableDimension}",
}


def _capacities(_ctx: Context, _inputs: Props, params: dict[str, Any]) -> None:
    """Tags of a target are set when it is first registered, never again."""
    params.pop("Tags", None)


_TARGET = Api(
    service="application-autoscaling",
    create="register_scalable_target",
    id="{resourceId}",
    read="describe_scalable_targets",
    read_by={
        "ServiceNamespace": "{serviceNamespace}",
        "ResourceIds": "[{resourceId}]",
        "ScalableDimension": "{scalableDimension}",
    },
    root="ScalableTargets[0]",
    update=(step("register_scalable_target", _SCALED, adjust=_capacities),),
    delete="deregister_scalable_target",
    delete_by=_SCALED,
    rename={"ScalableTargetARN": "arn"},
)
_POLICY = Api(
    service="application-autoscaling",
    create="put_scaling_policy",
    read="describe_scaling_policies",
    read_by={**_SCALED, "PolicyNames": "[{id}]"},
    root="ScalingPolicies",
    pick="PolicyName",
    update=(step("put_scaling_policy", {**_SCALED, "PolicyName": "{id}"}),),
    delete="delete_scaling_policy",
    delete_by={**_SCALED, "PolicyName": "{id}"},
    rename={"PolicyName": "name", "PolicyARN": "arn"},
)
_SCHEDULED = Api(
    service="application-autoscaling",
    create="put_scheduled_action",
    read="describe_scheduled_actions",
    read_by={**_SCALED, "ScheduledActionNames": "[{id}]"},
    root="ScheduledActions",
    pick="ScheduledActionName",
    update=(step("put_scheduled_action", {**_SCALED, "ScheduledActionName": "{id}"}),),
    delete="delete_scheduled_action",
    delete_by={**_SCALED, "ScheduledActionName": "{id}"},
    rename={"ScheduledActionName": "name", "ScheduledActionARN": "arn"},
)
_WHAT = ("serviceNamespace", "resourceId", "scalableDimension")

APPAUTOSCALING: dict[str, Resource] = {
    "aws:appautoscaling/target:Target": api(_TARGET, replace=_WHAT),
    "aws:appautoscaling/policy:Policy": api(_POLICY, replace=_WHAT),
    "aws:appautoscaling/scheduledAction:ScheduledAction": api(_SCHEDULED, replace=_WHAT),
}
