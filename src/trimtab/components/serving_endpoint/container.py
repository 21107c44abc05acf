"""The container that answers: a model artifact in S3, or a Hugging Face model by commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.spec.model_source import HuggingFaceModel, RegisteredModel
from trimtab.spec.serving_capacity import Capacity, MultiModel

if TYPE_CHECKING:
    from trimtab.spec.model_source import ModelSource


def container(
    model: ModelSource, capacity: Capacity, model_bucket: pulumi.Input[str]
) -> aws.sagemaker.ModelPrimaryContainerArgs:
    """Return the container definition of a model.

    A multi-model endpoint reads the key as a prefix: every archive below it is a model of its own.
    """
    if isinstance(model, HuggingFaceModel):
        return aws.sagemaker.ModelPrimaryContainerArgs(image=model.image, environment=hub_environment(model))
    multi = isinstance(capacity, MultiModel)
    key = f"{model.data_key.rstrip('/')}/" if multi else model.data_key
    return aws.sagemaker.ModelPrimaryContainerArgs(
        image=model.image,
        mode="MultiModel" if multi else "SingleModel",
        model_data_url=pulumi.Output.concat("s3://", model_bucket, "/", key),
    )


def hub_environment(model: HuggingFaceModel) -> dict[str, str]:
    """Return what the Hugging Face inference containers read to load one commit of one model.

    Names: https://huggingface.co/docs/sagemaker/reference ("Inference Toolkit environment variables").
    """
    return {"HF_MODEL_ID": model.model_id, "HF_MODEL_REVISION": model.revision, "HF_TASK": model.task}


def is_isolated(model: ModelSource) -> bool:
    """Whether the container may run without any network: not where it downloads its model from the hub."""
    return isinstance(model, RegisteredModel)
