"""Demand met by capacity, as the CloudWatch metrics that AWS itself would publish.

SageMaker: "Monitor Amazon SageMaker AI with CloudWatch" (utilisation is summed over the cores or GPUs of an
instance, ModelLatency is in microseconds). EC2 GPUs: the CloudWatch agent's `nvidia_smi` section.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from trimtab.local.load.capacity import Endpoint, Pool
    from trimtab.local.load.profile import EndpointLoad, PoolLoad

    Floats = npt.NDArray[np.float64]

SAGEMAKER, SAGEMAKER_HOSTS, AGENT = "AWS/SageMaker", "/aws/sagemaker/Endpoints", "CWAgent"
SATURATED = 0.97  # Queueing delay grows without bound towards 1; a real server sheds load before it.
MICROSECONDS = 1000.0


@dataclass(frozen=True)
class Series:
    """One metric's values, aligned with the moments that were asked for."""

    namespace: str
    name: str
    dimensions: dict[str, str]
    unit: str
    values: Floats


def endpoint_series(endpoint: Endpoint, load: EndpointLoad, work: Floats, minutes: float) -> list[Series]:
    """Return an endpoint's metrics while it meets `work`.

    Args:
        endpoint: what serves.
        load: what a request asks of it.
        work: demand in instances' worth.
        minutes: length of one sample, which the request counts are summed over.
    """
    dimensions = {"EndpointName": endpoint.name, "VariantName": endpoint.variant}
    instances = max(1, endpoint.instances)
    busy = np.minimum(1.0, work / instances)
    served = np.minimum(work, float(instances)) * load.requests_per_instance_minute * minutes
    refused = np.maximum(0.0, work - instances) * load.requests_per_instance_minute * minutes
    # Mean response time of an M/M/1 server is service time / (1 - utilisation) (Kleinrock 1975, eq. 3.26).
    latency = load.latency_ms * MICROSECONDS / (1.0 - np.minimum(busy, SATURATED))

    def host(name: str, values: Floats) -> Series:
        return Series(SAGEMAKER_HOSTS, name, dimensions, "Percent", values)

    # A GPU server's own CPUs mostly wait; without a GPU the CPUs do the work.
    cpu = busy * (0.3 if endpoint.gpus else 1.0) * 100.0 * endpoint.vcpus
    series = [
        host("CPUUtilization", cpu),
        host("MemoryUtilization", np.full_like(busy, load.memory_share * 100.0)),
        Series(SAGEMAKER, "Invocations", dimensions, "Count", np.round(served + refused)),
        Series(SAGEMAKER, "InvocationsPerInstance", dimensions, "Count", np.round((served + refused) / instances)),
        Series(SAGEMAKER, "ModelLatency", dimensions, "Microseconds", latency),
        Series(SAGEMAKER, "Invocation5XXErrors", dimensions, "Count", np.round(refused)),
    ]
    if endpoint.gpus:
        series.append(host("GPUUtilization", busy * 100.0 * endpoint.gpus))
        memory = np.full_like(busy, load.gpu_memory_share * 100.0 * endpoint.gpus)
        series.append(host("GPUMemoryUtilization", memory))
    return series


def history_nodes(pool: Pool, work: Floats) -> Floats:
    """Return the nodes that ran at each moment of the past: as many as the queued jobs asked for, within bounds."""
    return np.clip(np.ceil(work), pool.smallest, pool.largest)


def pool_series(pool: Pool, load: PoolLoad, work: Floats, nodes: Floats) -> list[Series]:
    """Return a pool's metrics, averaged over its nodes; none for the moments at which it ran none.

    Args:
        pool: the group.
        load: what a job asks of it.
        work: demand in nodes' worth.
        nodes: nodes that run at each moment; a value of a moment without nodes is NaN, and is not written.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        busy = np.where(nodes > 0, np.minimum(1.0, work / nodes), np.nan)
    dimensions = {"AutoScalingGroupName": pool.name}
    memory = np.where(busy > 0, load.gpu_memory_share * 100.0, busy)
    return [
        Series(AGENT, "nvidia_smi_utilization_gpu", dimensions, "Percent", busy * 100.0),
        Series(AGENT, "nvidia_smi_utilization_memory", dimensions, "Percent", memory),
        Series("AWS/AutoScaling", "GroupInServiceInstances", dimensions, "None", nodes.astype(float)),
    ]
