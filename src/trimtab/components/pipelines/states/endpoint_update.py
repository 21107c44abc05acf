"""UpdateEndpoint with the deployment that the endpoint declares: canary, bake, and the alarms that send it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.components.pipelines.states.plan import MachinePlan, State

SECONDS = 60


def update_parameters(plan: MachinePlan) -> State:
    """Return the call's parameters. What the autoscaler has decided is retained."""
    deployment = plan.endpoint.deployment
    return {
        "EndpointName": plan.endpoint_name,
        "EndpointConfigName.$": "$.Next.ModelName",
        "RetainAllVariantProperties": True,
        "DeploymentConfig": {
            "BlueGreenUpdatePolicy": {
                "TrafficRoutingConfiguration": {
                    "Type": "CANARY",
                    "WaitIntervalInSeconds": deployment.bake_minutes * SECONDS,
                    "CanarySize": {"Type": "CAPACITY_PERCENT", "Value": deployment.canary_percent},
                },
                "TerminationWaitInSeconds": min(deployment.termination_wait_minutes * SECONDS, 3600),
            },
            "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": name} for name in plan.rollback_alarm_names]},
        },
    }
