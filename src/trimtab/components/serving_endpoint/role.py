"""The execution role: its own model, its own prefix of the capture bucket, its own logs; nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi

from trimtab.components.container_grants import join_network, key_via, observe, pull_images
from trimtab.components.roles import service_role, use_key, write_objects
from trimtab.components.serving_endpoint.config import ASYNC_PREFIX, CAPTURE_PREFIX
from trimtab.components.serving_endpoint.container import is_isolated
from trimtab.components.statements import allow
from trimtab.spec.model_source import RegisteredModel

if TYPE_CHECKING:
    import pulumi_aws as aws

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.components.serving_endpoint.args import ServingEndpointArgs
    from trimtab.spec.model_source import ModelSource
    from trimtab.spec.serving import ServingEndpoint


def execution_role(
    component: Component,
    args: ServingEndpointArgs,
    place: Place,
    *,
    key_arn: pulumi.Input[str],
    topic_arn: pulumi.Input[str] | None,
) -> aws.iam.Role:
    """Return the role that the endpoint's containers run with."""
    spec = args["spec"]
    capture = pulumi.Output.format("arn:{}:s3:::{}", place.partition, args["capture_bucket"])
    grants = [
        *_read_models(spec, pulumi.Output.format("arn:{}:s3:::{}", place.partition, args["model_bucket"])),
        write_objects("Capture", capture, prefix=f"{CAPTURE_PREFIX}/{spec.name}/"),
        write_objects("Answers", capture, prefix=f"{ASYNC_PREFIX}/{spec.name}/"),
        use_key("Data", key_arn, via=key_via(place, "s3", "sagemaker", "sns")),
        *pull_images((model.image for model in _models(spec)), place),
        *observe(place, [f"/aws/sagemaker/Endpoints/{component.context.prefix}-{spec.name}"]),
        join_network(),
    ]
    if topic_arn is not None:
        grants.append(allow("TellOfAnswers", ["sns:Publish"], [topic_arn]))
    if "review_flow_arn" in args and not all(is_isolated(model) for model in _models(spec)):
        grants.append(allow("StartReviewsOfThisFlow", ["sagemaker:StartHumanLoop"], [args["review_flow_arn"]]))
    return service_role(component, "role", service="sagemaker.amazonaws.com", grants=grants, place=place)


def _models(spec: ServingEndpoint) -> list[ModelSource]:
    return list(spec.sources().values())


def _read_models(spec: ServingEndpoint, bucket: pulumi.Output[str]) -> list[dict[str, Any]]:
    keys = sorted({model.data_key for model in _models(spec) if isinstance(model, RegisteredModel)})
    if not keys:
        return []
    objects = [pulumi.Output.concat(bucket, "/", key) for key in keys]
    below = [pulumi.Output.concat(bucket, "/", key.rstrip("/"), "/*") for key in keys]
    return [
        allow("ReadModels", ["s3:GetObject", "s3:GetObjectVersion"], [*objects, *below]),
        allow("ListModels", ["s3:ListBucket", "s3:GetBucketLocation"], [bucket]),
    ]
