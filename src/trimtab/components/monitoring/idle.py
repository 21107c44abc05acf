"""The alarms of the platform as a whole: idle training GPUs, and one light for everything that serves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.components.base import Component
    from trimtab.components.monitoring.args import WatchedEndpoint, WatchedPool

PERIOD_SECONDS, PERIODS = 300, 12
"""An hour, as `gpuIdlePercent` says."""


def gpu_idle(
    component: Component, pool: WatchedPool, *, percent: int, topic_arn: pulumi.Input[str]
) -> aws.cloudwatch.MetricAlarm:
    """Report a pool whose GPUs, all together, do less than `percent` for an hour.

    The pool's own alarm looks at the busiest GPU and sends nodes away; this one looks at the mean, and tells
    the people who pay of nodes that are kept busy by almost nothing.
    """
    return aws.cloudwatch.MetricAlarm(
        f"{component.name}-{pool['name']}-gpu-idle",
        name=f"{component.context.prefix}-{pool['name']}-gpu-idle",
        alarm_description=f"training GPUs of {pool['name']} below {percent} % for an hour",
        namespace="CWAgent",
        metric_name="nvidia_smi_utilization_gpu",
        dimensions={"AutoScalingGroupName": pool["group_name"]},
        statistic="Average",
        period=PERIOD_SECONDS,
        evaluation_periods=PERIODS,
        comparison_operator="LessThanThreshold",
        threshold=float(percent),
        treat_missing_data="notBreaching",
        alarm_actions=[topic_arn],
        ok_actions=[topic_arn],
        tags=component.tags(),
        opts=component.child(),
    )


def serving_light(
    component: Component, endpoints: Sequence[WatchedEndpoint], topic_arn: pulumi.Input[str]
) -> aws.cloudwatch.CompositeAlarm | None:
    """Declare one alarm that is on while any endpoint is slow, failing or full; None where nothing serves.

    Status pages and deployment gates ask this one instead of three an endpoint.
    """
    names = [name for endpoint in endpoints for name in endpoint["alarm_names"]]
    if not names:
        return None
    rule = pulumi.Output.all(*names).apply(lambda known: " OR ".join(f'ALARM("{name}")' for name in known))
    return aws.cloudwatch.CompositeAlarm(
        f"{component.name}-serving",
        alarm_name=f"{component.context.prefix}-serving",
        alarm_description="an endpoint is slow, failing or full",
        alarm_rule=rule,
        alarm_actions=[topic_arn],
        ok_actions=[topic_arn],
        tags=component.tags(),
        opts=component.child(),
    )
