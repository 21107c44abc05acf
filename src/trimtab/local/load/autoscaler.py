"""Application Auto Scaling's control loop over SageMaker endpoints; moto keeps targets and policies and acts on none.

Here a minute of that loop passes in a second, so that a change of bounds is seen to work while one waits.
https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.local.load.capacity import Endpoint

SCALE_IN_AFTER_SECONDS = 15
"""AWS scales in after 15 minutes below; a minute is a second here."""
SCALE_IN_BELOW = 0.9
"""AWS's scale-in alarm stands 10 % below the target, so that it does not swing."""
_NAMESPACE = "sagemaker"
_METRIC = "SageMakerVariantInvocationsPerInstance"


@dataclass(frozen=True)
class Bounds:
    """A scalable target with its target value: invocations a minute for each instance; None: bounds only."""

    least: int
    most: int
    target: float | None


def read_bounds(scaling: Any) -> dict[str, Bounds]:
    """Return what is registered, by resource id, `endpoint/<name>/variant/<variant>`."""
    tracked = {
        policy["ResourceId"]: policy["TargetTrackingScalingPolicyConfiguration"]
        for page in scaling.get_paginator("describe_scaling_policies").paginate(ServiceNamespace=_NAMESPACE)
        for policy in page["ScalingPolicies"]
        if policy["PolicyType"] == "TargetTrackingScaling"
    }
    found = {}
    for page in scaling.get_paginator("describe_scalable_targets").paginate(ServiceNamespace=_NAMESPACE):
        for one in page["ScalableTargets"]:
            policy = tracked.get(one["ResourceId"], {})
            metric = policy.get("PredefinedMetricSpecification", {}).get("PredefinedMetricType")
            value = float(policy["TargetValue"]) if metric == _METRIC else None
            found[one["ResourceId"]] = Bounds(one["MinCapacity"], one["MaxCapacity"], value)
    return found


def wanted(running: int, invocations: float, bounds: Bounds) -> int:
    """Return the number of instances that target tracking would settle on.

    Args:
        running: instances now.
        invocations: a minute, over all instances.
        bounds: between which it may choose.
    """
    if bounds.target is None:
        return min(max(running, bounds.least), bounds.most)
    low = invocations < SCALE_IN_BELOW * bounds.target * running
    needed = math.ceil(invocations / bounds.target)
    return min(max(needed if low else max(needed, running), bounds.least), bounds.most)


class Autoscaler:
    """Keeps every endpoint inside its bounds and near its target."""

    def __init__(self, scaling: Any, sagemaker: Any) -> None:
        self.scaling = scaling
        self.sagemaker = sagemaker
        self.calm_since: dict[str, int] = {}

    def act(self, now: int, per_minute: Mapping[Endpoint, float]) -> None:
        """Scale each endpoint by the invocations a minute that it was just asked for in all.

        Scaling out is immediate; scaling in waits until the load has been low for long enough.
        """
        bounds = read_bounds(self.scaling)
        for endpoint, invocations in per_minute.items():
            name = f"endpoint/{endpoint.name}/variant/{endpoint.variant}"
            if name in bounds:
                count = self._decide(name, endpoint.instances, invocations, bounds[name], now)
                if count != endpoint.instances:
                    self._set(endpoint, count)

    def _decide(self, name: str, running: int, invocations: float, bounds: Bounds, now: int) -> int:
        count = wanted(running, invocations, bounds)
        outside = not bounds.least <= running <= bounds.most
        if count >= running or outside:
            self.calm_since.pop(name, None)
            return count
        calm = now - self.calm_since.setdefault(name, now)
        return count if calm >= SCALE_IN_AFTER_SECONDS else running

    def _set(self, endpoint: Endpoint, count: int) -> None:
        wanted = [{"VariantName": endpoint.variant, "DesiredInstanceCount": count}]
        self.sagemaker.update_endpoint_weights_and_capacities(
            EndpointName=endpoint.name, DesiredWeightsAndCapacities=wanted
        )
