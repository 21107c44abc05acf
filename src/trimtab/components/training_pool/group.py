"""The auto scaling group: which types, how much on spot, how few and how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.spec.hourly_floors import NO_FLOORS
from trimtab.spec.training_pool import CapacityBlock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from trimtab.components.base import Component
    from trimtab.spec.training_pool import TrainingPool

ALL = 100
METRICS = [
    aws.autoscaling.Metric.GROUP_DESIRED_CAPACITY,
    aws.autoscaling.Metric.GROUP_IN_SERVICE_INSTANCES,
    aws.autoscaling.Metric.GROUP_TOTAL_INSTANCES,
]


def auto_scaling_group(
    component: Component,
    spec: TrainingPool,
    template: aws.ec2.LaunchTemplate,
    subnet_ids: pulumi.Input[Sequence[str]],
    tags: Mapping[str, str],
) -> aws.autoscaling.Group:
    """Declare the group. How many nodes run now is the scheduler's and the alarms' business, not the stack's."""
    mixed = mixes_types(spec)
    return aws.autoscaling.Group(
        f"{component.name}-nodes",
        name=f"{component.context.prefix}-{spec.name}",
        min_size=spec.min_nodes,
        max_size=spec.max_nodes,
        vpc_zone_identifiers=subnet_ids,
        launch_template=None
        if mixed
        else aws.autoscaling.GroupLaunchTemplateArgs(id=template.id, version=_version(template)),
        mixed_instances_policy=_mixed(spec, template) if mixed else None,
        warm_pool=_warm(spec),
        capacity_rebalance=spec.spot_percent > 0,
        health_check_type="EC2",
        default_instance_warmup=300,
        enabled_metrics=METRICS,
        metrics_granularity="1Minute",
        termination_policies=["OldestLaunchTemplate", "OldestInstance"],
        # A group that waits for GPUs would keep `up` waiting: scarcity is reported by the group's own activities.
        wait_for_capacity_timeout="0",
        tags=[
            aws.autoscaling.GroupTagArgs(key=key, value=value, propagate_at_launch=True)
            for key, value in {**tags, **_bears_interruption(spec)}.items()
        ],
        opts=component.child(ignore_changes=_by_the_clock(spec)),
    )


def _by_the_clock(spec: TrainingPool) -> list[str]:
    """Return what others set: the alarms, and with floors by hour the clock."""
    return ["desiredCapacity", *(["minSize"] if spec.hourly_floors != NO_FLOORS else [])]


def _bears_interruption(spec: TrainingPool) -> dict[str, str]:
    """Return the tag by which policies know that the group's work may be interrupted."""
    return {"Interruptible": "true"} if spec.interruptible else {}


def mixes_types(spec: TrainingPool) -> bool:
    """Whether the group needs a mixed instances policy: for several types, or for spot beside on-demand.

    A capacity block takes one type and no policy; a warm pool may have one, but not with spot, which the spec
    refuses.
    """
    return not isinstance(spec.reservation, CapacityBlock) and (len(spec.instance_types) > 1 or spec.spot_percent > 0)


def _version(template: aws.ec2.LaunchTemplate) -> pulumi.Output[str]:
    return template.latest_version.apply(str)


def _mixed(spec: TrainingPool, template: aws.ec2.LaunchTemplate) -> aws.autoscaling.GroupMixedInstancesPolicyArgs:
    return aws.autoscaling.GroupMixedInstancesPolicyArgs(
        instances_distribution=aws.autoscaling.GroupMixedInstancesPolicyInstancesDistributionArgs(
            on_demand_base_capacity=spec.min_nodes,
            on_demand_percentage_above_base_capacity=ALL - spec.spot_percent,
            on_demand_allocation_strategy="prioritized",
            # The pools least likely to be interrupted, in the declared order where they are alike.
            spot_allocation_strategy="capacity-optimized-prioritized",
        ),
        launch_template=aws.autoscaling.GroupMixedInstancesPolicyLaunchTemplateArgs(
            launch_template_specification=aws.autoscaling.GroupMixedInstancesPolicyLaunchTemplateLaunchTemplateSpecificationArgs(
                launch_template_id=template.id, version=_version(template)
            ),
            overrides=[
                aws.autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideArgs(instance_type=kind)
                for kind in spec.instance_types
            ],
        ),
    )


def _warm(spec: TrainingPool) -> aws.autoscaling.GroupWarmPoolArgs | None:
    if not spec.warm_nodes:
        return None
    return aws.autoscaling.GroupWarmPoolArgs(
        pool_state="Stopped",
        min_size=spec.warm_nodes,
        max_group_prepared_capacity=spec.max_nodes,
        instance_reuse_policy=aws.autoscaling.GroupWarmPoolInstanceReusePolicyArgs(reuse_on_scale_in=True),
    )
