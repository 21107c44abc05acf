"""What stands in the cloud now, as its own API says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trimtab.spec.instances import shape


@dataclass(frozen=True)
class Endpoint:
    """One variant of a SageMaker endpoint with instances."""

    name: str
    variant: str
    instance_type: str
    instances: int

    @property
    def gpus(self) -> int:
        """GPUs of one instance."""
        known = shape(self.instance_type)
        return known.gpus if known else 0

    @property
    def vcpus(self) -> int:
        """Virtual CPUs of one instance; 4 where the type is not in the catalogue."""
        known = shape(self.instance_type)
        return known.vcpu if known else 4


@dataclass(frozen=True)
class Pool:
    """An auto scaling group."""

    name: str
    instances: int
    smallest: int
    largest: int


@dataclass(frozen=True)
class Standing:
    """Everything that stands at one moment."""

    endpoints: list[Endpoint]
    pools: list[Pool]


def endpoints(sagemaker: Any) -> list[Endpoint]:
    """Return the endpoints in service that run instances."""
    found = []
    for page in sagemaker.get_paginator("list_endpoints").paginate():
        for summary in page["Endpoints"]:
            found += _variants(sagemaker, summary["EndpointName"])
    return found


def _variants(sagemaker: Any, name: str) -> list[Endpoint]:
    endpoint = sagemaker.describe_endpoint(EndpointName=name)
    config = sagemaker.describe_endpoint_config(EndpointConfigName=endpoint["EndpointConfigName"])
    running = {
        variant["VariantName"]: variant.get("CurrentInstanceCount", 0)
        for variant in endpoint.get("ProductionVariants", [])
    }
    return [
        Endpoint(
            name,
            variant["VariantName"],
            variant["InstanceType"],
            running.get(variant["VariantName"]) or variant.get("InitialInstanceCount", 1),
        )
        for variant in config["ProductionVariants"]
        if "InstanceType" in variant
    ]


def pools(autoscaling: Any) -> list[Pool]:
    """Return the auto scaling groups with their running instances."""
    return [
        Pool(group["AutoScalingGroupName"], len(group["Instances"]), group["MinSize"], group["MaxSize"])
        for page in autoscaling.get_paginator("describe_auto_scaling_groups").paginate()
        for group in page["AutoScalingGroups"]
    ]
