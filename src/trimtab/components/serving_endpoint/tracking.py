"""Scaling that keeps a metric at a target: the same policy for instances and for copies of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pulumi_aws as aws

if TYPE_CHECKING:
    from trimtab.components.base import Component


class Cooldowns(Protocol):
    """What a declaration says of the pauses between two changes, in seconds."""

    @property
    def scale_out_cooldown_seconds(self) -> int:
        """After more were started."""
        ...

    @property
    def scale_in_cooldown_seconds(self) -> int:
        """After some were taken away."""
        ...


def follow(
    component: Component,
    name: str,
    target: aws.appautoscaling.Target,
    cooldowns: Cooldowns,
    *,
    value: float,
    predefined: str | None = None,
    customized: aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationArgs
    | None = None,
) -> None:
    """Declare the policy that keeps one metric at `value`.

    Args:
        component: whose policy it is.
        name: the policy's, as a resource.
        target: what is scaled.
        cooldowns: the declaration.
        value: where the metric is kept.
        predefined: the metric, by AWS's name of its type.
        customized: the metric, where AWS has no name for it.
    """
    known = (
        aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs(
            predefined_metric_type=predefined
        )
        if predefined
        else None
    )
    aws.appautoscaling.Policy(
        name,
        policy_type="TargetTrackingScaling",
        resource_id=target.resource_id,
        scalable_dimension=target.scalable_dimension,
        service_namespace=target.service_namespace,
        target_tracking_scaling_policy_configuration=aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs(
            target_value=value,
            scale_out_cooldown=cooldowns.scale_out_cooldown_seconds,
            scale_in_cooldown=cooldowns.scale_in_cooldown_seconds,
            predefined_metric_specification=known,
            customized_metric_specification=customized,
        ),
        opts=component.child(),
    )
