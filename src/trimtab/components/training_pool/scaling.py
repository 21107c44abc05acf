"""When nodes go away: when every GPU of the pool has idled, and by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.training_pool.role import AGENT_NAMESPACE
from trimtab.spec.hourly_floors import actions

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.spec.training_pool import TrainingPool

IDLE_PERCENT = 5
PERIOD_MINUTES = 5
GPU_METRIC = "nvidia_smi_utilization_gpu"
AS_IT_IS = -1
"""The size that a scheduled action leaves alone."""


def scale_down_when_idle(
    component: Component,
    spec: TrainingPool,
    group: aws.autoscaling.Group,
    *,
    idle_percent: int,
    actions: list[pulumi.Input[str]],
) -> aws.cloudwatch.MetricAlarm:
    """Return the alarm that sends the pool back to its floor once its busiest GPU has idled for long enough.

    The busiest GPU counts: a group cannot be told which node to take, so it only shrinks when none is at work.
    """
    policy = aws.autoscaling.Policy(
        f"{component.name}-to-floor",
        name=f"{component.context.prefix}-{spec.name}-to-floor",
        autoscaling_group_name=group.name,
        policy_type="StepScaling",
        adjustment_type="ExactCapacity",
        metric_aggregation_type="Maximum",
        step_adjustments=[
            aws.autoscaling.PolicyStepAdjustmentArgs(metric_interval_upper_bound="0", scaling_adjustment=spec.min_nodes)
        ],
        opts=component.child(),
    )
    return aws.cloudwatch.MetricAlarm(
        f"{component.name}-idle",
        name=f"{component.context.prefix}-{spec.name}-idle",
        alarm_description=f"no GPU above {idle_percent} % for {spec.idle_minutes_before_scale_down} minutes",
        namespace=AGENT_NAMESPACE,
        metric_name=GPU_METRIC,
        dimensions={"AutoScalingGroupName": group.name},
        statistic="Maximum",
        period=PERIOD_MINUTES * 60,
        evaluation_periods=periods(spec.idle_minutes_before_scale_down),
        comparison_operator="LessThanThreshold",
        threshold=float(idle_percent),
        # No node, no metric: an empty pool is not idle, it is gone.
        treat_missing_data="notBreaching",
        alarm_actions=[policy.arn, *actions],
        tags=component.tags(model=spec.model),
        opts=component.child(),
    )


def periods(minutes: int) -> int:
    """Return how many periods of five minutes cover `minutes`: 5 → 1, 30 → 6, 31 → 7, 1440 → 288."""
    return -(-minutes // PERIOD_MINUTES)


def floors(component: Component, spec: TrainingPool, group: aws.autoscaling.Group) -> None:
    """Declare the fewest nodes by hour of the week; what runs above a floor that went is the idle alarm's business."""
    for action in actions(spec.hourly_floors, spec.min_nodes):
        _at(component, spec, group, name=f"floor-{action.name}", cron=action.cron, bounds=(action.floor, AS_IT_IS))


def schedules(component: Component, spec: TrainingPool, group: aws.autoscaling.Group) -> None:
    """Declare the bounds that hold from one moment of the week on."""
    for item in spec.schedules:
        _at(component, spec, group, name=item.name, cron=item.cron, bounds=(item.min_nodes, item.max_nodes))


def _at(
    component: Component,
    spec: TrainingPool,
    group: aws.autoscaling.Group,
    *,
    name: str,
    cron: str,
    bounds: tuple[int, int],
) -> None:
    """Set fewest and most nodes at each moment of `cron`; how many run is left to these bounds."""
    aws.autoscaling.Schedule(
        f"{component.name}-{name}",
        scheduled_action_name=f"{component.context.prefix}-{spec.name}-{name}",
        autoscaling_group_name=group.name,
        recurrence=cron,
        time_zone="Etc/UTC",
        min_size=bounds[0],
        max_size=bounds[1],
        desired_capacity=AS_IT_IS,
        opts=component.child(),
    )
