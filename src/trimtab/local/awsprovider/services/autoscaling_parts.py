"""What hangs on an auto scaling group: schedules, policies, lifecycle hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.api import Api, api, step

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.resource import Resource
    from trimtab.local.awsprovider.values import Props

_SIZES = {"minSize": "MinSize", "maxSize": "MaxSize", "desiredCapacity": "DesiredCapacity"}
_LEAVE_AS_IT_IS = -1


def _sizes(_ctx: Context, inputs: Props, params: dict[str, Any]) -> None:
    """A size of -1 means: leave it as it is; a size that is not given is 0, as the real provider has it."""
    for name, member in _SIZES.items():
        if inputs.get(name, 0) == _LEAVE_AS_IT_IS:
            params.pop(member, None)
        else:
            params[member] = int(inputs.get(name, 0))


def _read_sizes(_ctx: Context, answer: dict[str, Any], props: Props) -> None:
    props.update({name: answer.get(member, _LEAVE_AS_IT_IS) for name, member in _SIZES.items()})


_SCHEDULE = Api(
    service="autoscaling",
    create="put_scheduled_update_group_action",
    id="{scheduledActionName}",
    read="describe_scheduled_actions",
    read_by={"AutoScalingGroupName": "{autoscalingGroupName}", "ScheduledActionNames": "[{id}]"},
    root="ScheduledUpdateGroupActions",
    pick="ScheduledActionName",
    update=(step("put_scheduled_update_group_action", adjust=_sizes),),
    delete="delete_scheduled_action",
    delete_by={"AutoScalingGroupName": "{autoscalingGroupName}", "ScheduledActionName": "{id}"},
    rename={"ScheduledActionARN": "arn"},
    adjust=_sizes,
    complete=_read_sizes,
)
_POLICY = Api(
    service="autoscaling",
    create="put_scaling_policy",
    read="describe_policies",
    read_by={"AutoScalingGroupName": "{autoscalingGroupName}", "PolicyNames": "[{id}]"},
    root="ScalingPolicies",
    pick="PolicyName",
    update=(step("put_scaling_policy"),),
    delete="delete_policy",
    delete_by={"AutoScalingGroupName": "{autoscalingGroupName}", "PolicyName": "{id}"},
    rename={"PolicyName": "name", "PolicyARN": "arn"},
)
_HOOK = Api(
    service="autoscaling",
    create="put_lifecycle_hook",
    read="describe_lifecycle_hooks",
    read_by={"AutoScalingGroupName": "{autoscalingGroupName}", "LifecycleHookNames": "[{id}]"},
    root="LifecycleHooks",
    pick="LifecycleHookName",
    update=(step("put_lifecycle_hook"),),
    delete="delete_lifecycle_hook",
    delete_by={"AutoScalingGroupName": "{autoscalingGroupName}", "LifecycleHookName": "{id}"},
    rename={"LifecycleHookName": "name"},
)

AUTOSCALING_PARTS: dict[str, Resource] = {
    "aws:autoscaling/schedule:Schedule": api(_SCHEDULE, replace=("scheduledActionName", "autoscalingGroupName")),
    "aws:autoscaling/policy:Policy": api(_POLICY, replace=("autoscalingGroupName",)),
    "aws:autoscaling/lifecycleHook:LifecycleHook": api(_HOOK, replace=("autoscalingGroupName",)),
}
