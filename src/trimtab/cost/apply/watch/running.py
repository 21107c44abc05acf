"""How many units of a resource the cloud runs: one reader a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trimtab.cost.apply.watch.port import Units

if TYPE_CHECKING:
    from collections.abc import Callable

    from trimtab.cost.model import Resource


@dataclass(frozen=True)
class Reader:
    """The boto3 service that is asked, and how."""

    service: str
    read: Callable[[Any, Resource], Units]


def _endpoint(sagemaker: Any, resource: Resource) -> Units:
    endpoint = sagemaker.describe_endpoint(EndpointName=resource.resource_id)
    config = sagemaker.describe_endpoint_config(EndpointConfigName=endpoint["EndpointConfigName"])
    types = sorted({variant.get("InstanceType", "") for variant in config["ProductionVariants"]})
    running = sum(variant.get("CurrentInstanceCount", 0) for variant in endpoint.get("ProductionVariants", []))
    return Units(running, types[0] if len(types) == 1 else "")


def _group(autoscaling: Any, resource: Resource) -> Units:
    answer = autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[resource.resource_id])
    instances = [one for group in answer["AutoScalingGroups"] for one in group["Instances"]]
    types = sorted({one.get("InstanceType", "") for one in instances})
    serving = [one for one in instances if one.get("LifecycleState") == "InService"]
    return Units(len(serving), types[0] if len(types) == 1 else "")


RUNNING = {
    "sagemaker-endpoint": Reader("sagemaker", _endpoint),
    "gpu-training-pool": Reader("autoscaling", _group),
}
