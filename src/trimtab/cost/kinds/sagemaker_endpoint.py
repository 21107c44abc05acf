"""A SageMaker real-time endpoint: interchangeable instances behind one name."""

from __future__ import annotations

from trimtab.cost.kinds.base import CloudMetric, CloudType, Demand, InService, Kind, Shape
from trimtab.cost.kinds.fleet_edits import fleet_edits

_NAMESPACE = "/aws/sagemaker/Endpoints"

SAGEMAKER_ENDPOINT = Kind(
    id="sagemaker-endpoint",
    title="SageMaker endpoint",
    shape=Shape.FLEET,
    unit="instances",
    demands=(
        # SageMaker adds up the GPUs and cores of an instance: 8 GPUs show up to 800 %.
        # https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
        # Meters overshoot a little; twice an instance is another unit.
        Demand(
            "gpu_utilization_percent",
            full=100,
            ceiling=200,
            saturates=True,
            cloud=CloudMetric(_NAMESPACE, "GPUUtilization", "EndpointName", adds_up="gpus"),
        ),
        Demand(
            "cpu_utilization_percent",
            full=100,
            ceiling=200,
            saturates=True,
            cloud=CloudMetric(_NAMESPACE, "CPUUtilization", "EndpointName", adds_up="vcpus"),
        ),
        Demand("requests_per_second", full=None, ceiling=1e9),
    ),
    service="sagemaker",
    never_cross="The model must fit an instance's GPU memory: the count is sized, never the GPUs of one instance.",
    edits=fleet_edits,
    cloud_types={"aws:sagemaker/endpoint:Endpoint": CloudType(identity="name")},
    # InvocationsPerInstance is "normalized by InstanceCount": each request adds 1/instances to it.
    # https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
    in_service=InService(
        total=CloudMetric("AWS/SageMaker", "Invocations", "EndpointName", "Sum"),
        per_unit=CloudMetric("AWS/SageMaker", "InvocationsPerInstance", "EndpointName", "Sum"),
    ),
)
