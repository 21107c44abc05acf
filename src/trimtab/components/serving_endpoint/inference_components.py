"""The models of an endpoint as inference components: copies that SageMaker places on its instances.

`pulumi_aws` has no resource for them, so they are declared through AWS Cloud Control, which has. Properties:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-inferencecomponent.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from trimtab.components.json_text import json_text
from trimtab.components.serving_endpoint.tags import serving_tags
from trimtab.components.serving_endpoint.tracking import follow
from trimtab.components.serving_endpoint.variants import HUB_STARTUP_SECONDS, PRIMARY
from trimtab.spec.model_source import HuggingFaceModel
from trimtab.spec.serving_components import InferenceComponents

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.serving_endpoint.models import Models
    from trimtab.spec.model_source import ModelSource
    from trimtab.spec.serving import ServingEndpoint
    from trimtab.spec.serving_components import ModelCopies

TYPE = "AWS::SageMaker::InferenceComponent"
DIMENSION, NAMESPACE = "sagemaker:inference-component:DesiredCopyCount", "sagemaker"
FIRST_COPIES = 1
"""The scalable target owns the number from then on: a new bound must not change the component itself."""


def inference_components(
    component: Component, spec: ServingEndpoint, models: Models, endpoint: aws.sagemaker.Endpoint
) -> dict[str, pulumi.Output[str]]:
    """Declare a component and its scaling for each model; return their names in SageMaker, by declared name."""
    capacity = spec.capacity
    if not isinstance(capacity, InferenceComponents):
        return {}
    served = [(spec.name, spec.model, capacity.copies, models.primary)]
    served += [
        (other.name, other.model, other.copies, model)
        for other, model in zip(capacity.others, models.others, strict=True)
    ]
    return {
        name: _declare(component, spec, endpoint, name=name, source=source, copies=copies, model=model)
        for name, source, copies, model in served
    }


def _declare(
    component: Component,
    spec: ServingEndpoint,
    endpoint: aws.sagemaker.Endpoint,
    *,
    name: str,
    source: ModelSource,
    copies: ModelCopies,
    model: aws.sagemaker.Model,
) -> pulumi.Output[str]:
    physical = f"{component.context.prefix}-{name}"
    tags = serving_tags(component, spec, model=source.group)
    desired = {
        "InferenceComponentName": physical,
        "EndpointName": endpoint.name,
        "VariantName": PRIMARY,
        "Specification": {
            "ModelName": model.name,
            "ComputeResourceRequirements": reserved(copies),
            **_startup(source),
        },
        "RuntimeConfig": {"CopyCount": FIRST_COPIES},
        "Tags": [{"Key": key, "Value": value} for key, value in sorted(tags.items())],
    }
    made = aws.cloudcontrol.Resource(
        f"{component.name}-{name}-copies", type_name=TYPE, desired_state=json_text(desired), opts=component.child()
    )
    named = made.id.apply(lambda _: physical)
    _scale(component, name, copies, named, tags)
    return named


def reserved(copies: ModelCopies) -> dict[str, Any]:
    """Return what each copy reserves of its instance, as SageMaker calls it."""
    wanted = {
        "NumberOfAcceleratorDevicesRequired": copies.gpus or None,
        "NumberOfCpuCoresRequired": copies.cpus,
        "MinMemoryRequiredInMb": copies.memory_mib,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def _startup(source: ModelSource) -> dict[str, Any]:
    if not isinstance(source, HuggingFaceModel):
        return {}
    return {"StartupParameters": {"ContainerStartupHealthCheckTimeoutInSeconds": HUB_STARTUP_SECONDS}}


def _scale(
    component: Component, name: str, copies: ModelCopies, named: pulumi.Output[str], tags: dict[str, str]
) -> None:
    target = aws.appautoscaling.Target(
        f"{component.name}-{name}-copies-target",
        min_capacity=copies.min_copies,
        max_capacity=copies.max_copies,
        resource_id=pulumi.Output.concat("inference-component/", named),
        scalable_dimension=DIMENSION,
        service_namespace=NAMESPACE,
        tags=tags,
        opts=component.child(),
    )
    follow(
        component, f"{component.name}-{name}-copies-by-invocations", target, copies,
        value=copies.target_invocations_per_copy, predefined="SageMakerInferenceComponentInvocationsPerCopy",
    )  # fmt: skip
