"""Target tracking over endpoints, against the real API of the local cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from trimtab.local.load.autoscaler import SCALE_IN_AFTER_SECONDS, Autoscaler, Bounds, wanted
from trimtab.local.load.capacity import Endpoint, endpoints

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "shop-fraud"
RESOURCE = f"endpoint/{NAME}/variant/primary"
DIMENSION = "sagemaker:variant:DesiredInstanceCount"


@pytest.mark.parametrize(
    ("running", "invocations", "count"),
    [(2, 100.0, 1), (2, 190.0, 2), (2, 250.0, 3), (2, 900.0, 4), (8, 900.0, 4), (0, 0.0, 1)],
)
def test_target_tracking_within_bounds(running: int, invocations: float, count: int) -> None:
    assert wanted(running, invocations, Bounds(least=1, most=4, target=100.0)) == count


def test_without_a_target_only_the_bounds_hold() -> None:
    assert wanted(9, 1.0, Bounds(least=0, most=2, target=None)) == 2


def declare(client: Callable[[str], Any], least: int, most: int) -> None:
    sagemaker, scaling = client("sagemaker"), client("application-autoscaling")
    role = "arn:aws:iam::123456789012:role/serve"
    sagemaker.create_model(ModelName="m", ExecutionRoleArn=role, PrimaryContainer={"Image": "i"})
    variant = {
        "VariantName": "primary", "ModelName": "m", "InitialInstanceCount": 4, "InstanceType": "ml.g5.2xlarge",
    }  # fmt: skip
    sagemaker.create_endpoint_config(EndpointConfigName="c", ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName=NAME, EndpointConfigName="c")
    target = {"ServiceNamespace": "sagemaker", "ResourceId": RESOURCE, "ScalableDimension": DIMENSION}
    scaling.register_scalable_target(**target, MinCapacity=least, MaxCapacity=most)
    scaling.put_scaling_policy(
        **target,
        PolicyName="by-invocations",
        PolicyType="TargetTrackingScaling",
        TargetTrackingScalingPolicyConfiguration={
            "TargetValue": 100.0,
            "PredefinedMetricSpecification": {"PredefinedMetricType": "SageMakerVariantInvocationsPerInstance"},
        },
    )


def test_scaling_in_waits_and_scaling_out_does_not(client: Callable[[str], Any]) -> None:
    declare(client, least=2, most=6)
    scaler = Autoscaler(client("application-autoscaling"), client("sagemaker"))

    def after(now: int, invocations: float) -> int:
        (endpoint,) = endpoints(client("sagemaker"))
        scaler.act(now, {endpoint: invocations})
        (changed,) = endpoints(client("sagemaker"))
        return changed.instances

    assert after(0, 50.0) == 4
    assert after(SCALE_IN_AFTER_SECONDS, 50.0) == 2
    assert after(SCALE_IN_AFTER_SECONDS + 1, 550.0) == 6


def test_an_endpoint_that_is_not_registered_is_left_alone(client: Callable[[str], Any]) -> None:
    declare(client, least=2, most=6)
    scaler = Autoscaler(client("application-autoscaling"), client("sagemaker"))
    scaler.act(0, {Endpoint("another", "primary", "ml.g5.xlarge", 3): 10_000.0})
    (endpoint,) = endpoints(client("sagemaker"))
    assert endpoint.instances == 4
