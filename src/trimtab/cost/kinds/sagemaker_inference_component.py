"""A model on a shared SageMaker endpoint: interchangeable copies, each with its part of an instance."""

from __future__ import annotations

from trimtab.cost.kinds.base import CloudMetric, Demand, InService, Kind, Shape
from trimtab.cost.kinds.fleet_edits import fleet_edits
from trimtab.cost.kinds.node_share import share_of_node

_NAMESPACE = "/aws/sagemaker/InferenceComponents"
_DIMENSION = "InferenceComponentName"

SAGEMAKER_INFERENCE_COMPONENT = Kind(
    id="sagemaker-inference-component",
    title="SageMaker inference component",
    shape=Shape.FLEET,
    unit="replicas",
    demands=(
        # Normalised: of what the component's copies have reserved together, whatever an instance has beside them.
        # https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
        Demand(
            "gpu_utilization_percent",
            full=100,
            ceiling=100.5,
            saturates=True,
            cloud=CloudMetric(_NAMESPACE, "GPUUtilizationNormalized", _DIMENSION),
        ),
        Demand(
            "cpu_utilization_percent",
            full=100,
            ceiling=200,
            saturates=True,
            cloud=CloudMetric(_NAMESPACE, "CPUUtilizationNormalized", _DIMENSION),
        ),
        Demand("requests_per_second", full=None, ceiling=1e9),
    ),
    service="sagemaker",
    never_cross="A copy holds the whole model in what it reserved: copies are counted, never made smaller.",
    edits=fleet_edits,
    # InvocationsPerCopy is normalised by the copies: each request adds 1/copies to it.
    in_service=InService(
        total=CloudMetric("AWS/SageMaker", "Invocations", _DIMENSION, "Sum"),
        per_unit=CloudMetric("AWS/SageMaker", "InvocationsPerCopy", _DIMENSION, "Sum"),
    ),
    share=share_of_node,
)
