"""SageMaker real-time endpoints, one resource a production variant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.cost.model import Resource
from trimtab.cost.sources.inventory_aws.base import Reader, owner_of, tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.sources.inventory_aws.base import ClientOf

_DIMENSION = "sagemaker:variant:DesiredInstanceCount"


def _read(client_of: ClientOf, region: str) -> Iterator[Resource]:
    sagemaker = client_of("sagemaker", region)
    names = [
        (one["EndpointName"], one["EndpointArn"])
        for page in sagemaker.get_paginator("list_endpoints").paginate(StatusEquals="InService")
        for one in page["Endpoints"]
    ]
    most = _limits(client_of, region) if names else {}
    for name, arn in names:
        yield from _variants(sagemaker, name, arn, region, most)


def _variants(sagemaker: Any, name: str, arn: str, region: str, most: dict[str, int]) -> Iterator[Resource]:
    """Yield the variants that run on instances; a serverless one has none to size."""
    endpoint = sagemaker.describe_endpoint(EndpointName=name)
    config = sagemaker.describe_endpoint_config(EndpointConfigName=endpoint["EndpointConfigName"])
    types = {one["VariantName"]: one.get("InstanceType", "") for one in config["ProductionVariants"]}
    tags = tags_of(sagemaker.list_tags(ResourceArn=arn)["Tags"])
    variants = [one for one in endpoint["ProductionVariants"] if types.get(one["VariantName"])]
    for variant in variants:
        own = variant["VariantName"]
        now = int(variant.get("DesiredInstanceCount") or variant.get("CurrentInstanceCount") or 0)
        yield Resource(
            resource_id=name if len(variants) == 1 else f"{name}/{own}",
            kind="sagemaker-endpoint",
            instance_type=types[own],
            region=region,
            count=most.get(f"endpoint/{name}/variant/{own}", now),
            owner=owner_of(tags),
            component=name,
            dimensions={"EndpointName": name, "VariantName": own},
        )


def _limits(client_of: ClientOf, region: str) -> dict[str, int]:
    """Return the most instances that a scaler may start, by `endpoint/NAME/variant/VARIANT`."""
    pages = client_of("application-autoscaling", region).get_paginator("describe_scalable_targets")
    return {
        one["ResourceId"]: int(one["MaxCapacity"])
        for page in pages.paginate(ServiceNamespace="sagemaker", ScalableDimension=_DIMENSION)
        for one in page["ScalableTargets"]
    }


ENDPOINTS = Reader(
    "sagemaker-endpoint",
    {
        "sagemaker:ListEndpoints": "endpoints in service",
        "sagemaker:DescribeEndpoint": "their variants, and how many instances run",
        "sagemaker:DescribeEndpointConfig": "of which type they are",
        "sagemaker:ListTags": "whose they are",
        "application-autoscaling:DescribeScalableTargets": "how many there may be",
    },
    _read,
)
