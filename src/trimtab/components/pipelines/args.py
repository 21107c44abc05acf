"""What retraining pipelines are wired to."""

# ruff: noqa: TC001  the component host evaluates these annotations at run time

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, Required, TypedDict

import pulumi

from trimtab.components.base import CommonArgs
from trimtab.spec.pipelines import Pipelines, RetrainingPipeline
from trimtab.spec.serving import ServingEndpoint


class DeploymentTarget(TypedDict):
    """An endpoint that an approved version is deployed to."""

    spec: ServingEndpoint
    endpoint_name: pulumi.Input[str]
    endpoint_arn: pulumi.Input[str]
    role_arn: pulumi.Input[str]
    """The execution role that the new model runs with."""
    security_group_id: pulumi.Input[str] | None
    """None where the endpoint is serverless."""
    rollback_alarm_names: Sequence[pulumi.Input[str]]
    monitored: bool
    """Whether a data-quality monitor compares its requests with a baseline of the training data."""


class PipelineWiring(CommonArgs):
    """Inputs that every pipeline of a platform shares."""

    model_group_names: Required[pulumi.Input[Mapping[str, str]]]
    """Name in the declaration → name of the model package group."""
    data_bucket: Required[pulumi.Input[str]]
    model_bucket: Required[pulumi.Input[str]]
    vpc_id: Required[pulumi.Input[str]]
    subnet_ids: Required[pulumi.Input[Sequence[pulumi.Input[str]]]]
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The key of both buckets, and of the jobs' disks."""
    notice_topic_arn: NotRequired[pulumi.Input[str]]
    """SNS topic that is told of a version that waits for approval, and of how it ended."""
    notice_key_arn: NotRequired[pulumi.Input[str]]
    """The customer key of that topic."""
    analyzer_image: NotRequired[pulumi.Input[str]]
    """Image that makes baselines; absent: SageMaker's own for the region."""


class RetrainingPipelineArgs(PipelineWiring):
    """Inputs of `RetrainingPipeline`."""

    spec: Required[RetrainingPipeline]
    target: Required[DeploymentTarget]


class PipelinesArgs(PipelineWiring):
    """Inputs of `Pipelines`."""

    spec: Required[Pipelines]
    targets: Required[Mapping[str, DeploymentTarget]]
    """Endpoint's name in the declaration → where its versions are deployed to."""
