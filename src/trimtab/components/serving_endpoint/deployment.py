"""How a new configuration takes over: a canary first, the rest later, back at once on an alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from trimtab.spec.serving import BlueGreenDeployment

SECONDS = 60
LONGEST_DEPLOYMENT_SECONDS = 3600 * 4  # SageMaker allows 600 to 28,800; what takes longer hangs.


def blue_green(
    spec: BlueGreenDeployment, alarm_names: Sequence[pulumi.Input[str]]
) -> aws.sagemaker.EndpointDeploymentConfigArgs:
    """Return the deployment configuration; the alarms named are those that roll it back."""
    return aws.sagemaker.EndpointDeploymentConfigArgs(
        blue_green_update_policy=aws.sagemaker.EndpointDeploymentConfigBlueGreenUpdatePolicyArgs(
            traffic_routing_configuration=aws.sagemaker.EndpointDeploymentConfigBlueGreenUpdatePolicyTrafficRoutingConfigurationArgs(
                type="CANARY",
                wait_interval_in_seconds=spec.bake_minutes * SECONDS,
                canary_size=aws.sagemaker.EndpointDeploymentConfigBlueGreenUpdatePolicyTrafficRoutingConfigurationCanarySizeArgs(
                    type="CAPACITY_PERCENT", value=spec.canary_percent
                ),
            ),
            termination_wait_in_seconds=min(spec.termination_wait_minutes * SECONDS, 3600),
            maximum_execution_timeout_in_seconds=LONGEST_DEPLOYMENT_SECONDS,
        ),
        auto_rollback_configuration=aws.sagemaker.EndpointDeploymentConfigAutoRollbackConfigurationArgs(
            alarms=[
                aws.sagemaker.EndpointDeploymentConfigAutoRollbackConfigurationAlarmArgs(alarm_name=name)
                for name in alarm_names
            ]
        ),
    )
