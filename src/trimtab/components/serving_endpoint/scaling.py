"""Autoscaling of the primary variant, by its own load."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.serving_endpoint.tracking import follow
from trimtab.components.serving_endpoint.variants import PRIMARY
from trimtab.spec.hourly_floors import actions
from trimtab.spec.serving_capacity import Asynchronous, Serverless
from trimtab.spec.serving_components import InferenceComponents

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.spec.hourly_floors import FloorAction
    from trimtab.spec.serving import ServingEndpoint

DIMENSION, NAMESPACE = "sagemaker:variant:DesiredInstanceCount", "sagemaker"
METRICS = "AWS/SageMaker"


def autoscaling(component: Component, spec: ServingEndpoint, endpoint: aws.sagemaker.Endpoint) -> None:
    """Declare the bounds and the policies; nothing where AWS scales by the request, or by the copies of models."""
    capacity = spec.capacity
    if isinstance(capacity, Serverless | InferenceComponents):
        return
    floors = actions(capacity.hourly_floors, capacity.min_instances)
    # With floors by hour the clock owns the minimum: what it set last is no drift, and is not taken back by an update.
    target = aws.appautoscaling.Target(
        f"{component.name}-target",
        min_capacity=capacity.min_instances,
        max_capacity=capacity.max_instances,
        resource_id=endpoint.name.apply(lambda name: f"endpoint/{name}/variant/{PRIMARY}"),
        scalable_dimension=DIMENSION,
        service_namespace=NAMESPACE,
        tags=component.tags(model=spec.model.group),
        opts=component.child(ignore_changes=["minCapacity"] if floors else None),
    )
    for action in floors:
        _floor(component, action, target)
    if isinstance(capacity, Asynchronous):
        _follow_backlog(component, capacity, target, endpoint.name)
        _wake_from_zero(component, capacity, target, endpoint.name)
    else:
        follow(
            component, f"{component.name}-by-invocations", target, capacity,
            value=capacity.target_invocations_per_instance, predefined="SageMakerVariantInvocationsPerInstance",
        )  # fmt: skip


def _floor(component: Component, action: FloorAction, target: aws.appautoscaling.Target) -> None:
    aws.appautoscaling.ScheduledAction(
        f"{component.name}-floor-{action.name}",
        name=f"floor-{action.name}",
        schedule=action.aws_schedule,
        timezone="UTC",
        resource_id=target.resource_id,
        scalable_dimension=target.scalable_dimension,
        service_namespace=target.service_namespace,
        scalable_target_action=aws.appautoscaling.ScheduledActionScalableTargetActionArgs(min_capacity=action.floor),
        opts=component.child(),
    )


def _follow_backlog(
    component: Component, capacity: Asynchronous, target: aws.appautoscaling.Target, endpoint: pulumi.Output[str]
) -> None:
    backlog = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationArgs(
        namespace=METRICS,
        metric_name="ApproximateBacklogSizePerInstance",
        statistic="Average",
        dimensions=[
            aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationDimensionArgs(
                name="EndpointName", value=endpoint
            )
        ],
    )
    follow(
        component, f"{component.name}-by-backlog", target, capacity, value=capacity.backlog_per_instance,
        customized=backlog,
    )  # fmt: skip


def _wake_from_zero(
    component: Component, capacity: Asynchronous, target: aws.appautoscaling.Target, endpoint: pulumi.Output[str]
) -> None:
    """Start one instance for a waiting request: with none running, the backlog *per instance* has no value."""
    policy = aws.appautoscaling.Policy(
        f"{component.name}-wake",
        policy_type="StepScaling",
        resource_id=target.resource_id,
        scalable_dimension=target.scalable_dimension,
        service_namespace=target.service_namespace,
        step_scaling_policy_configuration=aws.appautoscaling.PolicyStepScalingPolicyConfigurationArgs(
            adjustment_type="ChangeInCapacity",
            metric_aggregation_type="Average",
            cooldown=capacity.scale_out_cooldown_seconds,
            step_adjustments=[
                aws.appautoscaling.PolicyStepScalingPolicyConfigurationStepAdjustmentArgs(
                    metric_interval_lower_bound="0", scaling_adjustment=1
                )
            ],
        ),
        opts=component.child(),
    )
    aws.cloudwatch.MetricAlarm(
        f"{component.name}-waiting",
        alarm_description=f"{component.name}: requests wait and no instance runs",
        namespace=METRICS,
        metric_name="HasBacklogWithoutCapacity",
        dimensions={"EndpointName": endpoint},
        statistic="Average",
        period=60,
        evaluation_periods=1,
        comparison_operator="GreaterThanOrEqualToThreshold",
        threshold=1,
        treat_missing_data="missing",
        alarm_actions=[policy.arn],
        tags=component.tags(),
        opts=component.child(),
    )
