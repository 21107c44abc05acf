"""Production and shadow variants: who answers what share of the traffic."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypedDict

import pulumi_aws as aws

from trimtab.spec.model_source import HuggingFaceModel
from trimtab.spec.serving_capacity import Asynchronous, Serverless
from trimtab.spec.serving_components import InferenceComponents

if TYPE_CHECKING:
    import pulumi

    from trimtab.spec.model_source import ModelSource
    from trimtab.spec.serving import ServingEndpoint
    from trimtab.spec.serving_capacity import InstanceCapacity

PRIMARY, CANARY, SHADOW = "primary", "canary", "shadow"
HUB_STARTUP_SECONDS = 1800
"""A large model downloads and loads for minutes; SageMaker allows 60 to 3,600 s."""
ALL = 100


class _Settings(TypedDict, total=False):
    instance_type: str
    initial_instance_count: int
    container_startup_health_check_timeout_in_seconds: int


def production_variants(
    spec: ServingEndpoint, primary: pulumi.Input[str], canary: pulumi.Input[str] | None
) -> list[aws.sagemaker.EndpointConfigurationProductionVariantArgs]:
    """Return the variants that answer: the primary one, and the canary beside it with its share of the weight."""
    share = spec.canary.traffic_percent if spec.canary and canary is not None else 0
    variants = [_production(spec, PRIMARY, primary, spec.model, (ALL - share) / ALL)]
    if canary is not None and spec.canary:
        variants.append(_production(spec, CANARY, canary, spec.canary.model, share / ALL))
    return variants


def _production(
    spec: ServingEndpoint, name: str, model_name: pulumi.Input[str], model: ModelSource, weight: float
) -> aws.sagemaker.EndpointConfigurationProductionVariantArgs:
    capacity = spec.capacity
    if isinstance(capacity, InferenceComponents):
        return _shared(capacity)
    if isinstance(capacity, Serverless):
        return aws.sagemaker.EndpointConfigurationProductionVariantArgs(
            variant_name=name,
            model_name=model_name,
            initial_variant_weight=weight,
            serverless_config=aws.sagemaker.EndpointConfigurationProductionVariantServerlessConfigArgs(
                memory_size_in_mb=capacity.memory_mib,
                max_concurrency=capacity.max_concurrency,
                provisioned_concurrency=capacity.provisioned_concurrency,
            ),
        )
    return aws.sagemaker.EndpointConfigurationProductionVariantArgs(
        variant_name=name,
        model_name=model_name,
        initial_variant_weight=weight,
        routing_configs=_routing(capacity),
        **_settings(capacity, model, count=instances(capacity, weight)),
    )


def _shared(capacity: InferenceComponents) -> aws.sagemaker.EndpointConfigurationProductionVariantArgs:
    """Return instances that name no model: inference components are placed on them, and call for more of them."""
    return aws.sagemaker.EndpointConfigurationProductionVariantArgs(
        variant_name=PRIMARY,
        instance_type=capacity.instance_type,
        initial_instance_count=capacity.min_instances,
        managed_instance_scaling=aws.sagemaker.EndpointConfigurationProductionVariantManagedInstanceScalingArgs(
            status="ENABLED", min_instance_count=capacity.min_instances, max_instance_count=capacity.max_instances
        ),
        routing_configs=_least_busy(),
    )


def _routing(
    capacity: InstanceCapacity,
) -> list[aws.sagemaker.EndpointConfigurationProductionVariantRoutingConfigArgs] | None:
    """Return where a request goes: to the least busy instance; a queue hands out asynchronous ones itself."""
    if isinstance(capacity, Asynchronous):
        return None
    return _least_busy()


def _least_busy() -> list[aws.sagemaker.EndpointConfigurationProductionVariantRoutingConfigArgs]:
    strategy = "LEAST_OUTSTANDING_REQUESTS"
    return [aws.sagemaker.EndpointConfigurationProductionVariantRoutingConfigArgs(routing_strategy=strategy)]


def shadow_variants(
    spec: ServingEndpoint, model_name: pulumi.Input[str] | None
) -> list[aws.sagemaker.EndpointConfigurationShadowProductionVariantArgs] | None:
    """Return the variant that gets a copy of the traffic: its weight is the sampled share of the primary's 1."""
    if spec.shadow is None or model_name is None or isinstance(spec.capacity, Serverless | InferenceComponents):
        return None
    share = spec.shadow.sampling_percent / ALL
    return [
        aws.sagemaker.EndpointConfigurationShadowProductionVariantArgs(
            variant_name=SHADOW,
            model_name=model_name,
            initial_variant_weight=share,
            **_settings(spec.capacity, spec.shadow.model, count=instances(spec.capacity, share)),
        )
    ]


def instances(capacity: InstanceCapacity, share: float) -> int:
    """Return how many instances a variant begins with: its share of the floor, one at least.

    | minInstances | share | instances |
    |--------------|-------|-----------|
    | 0            | 1.00  | 1         |
    | 4            | 1.00  | 4         |
    | 4            | 0.95  | 4         |
    | 4            | 0.05  | 1         |
    """
    return max(1, math.ceil(capacity.min_instances * share))


def _settings(capacity: InstanceCapacity, model: ModelSource, *, count: int) -> _Settings:
    settings = _Settings(instance_type=capacity.instance_type, initial_instance_count=count)
    if isinstance(model, HuggingFaceModel):
        settings["container_startup_health_check_timeout_in_seconds"] = HUB_STARTUP_SECONDS
    return settings
