"""What a serving endpoint is wired to."""

# ruff: noqa: TC001, TC002, TC003  the component host evaluates these annotations at run time

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, Required

import pulumi

from trimtab.components.base import CommonArgs
from trimtab.spec.serving import ServingEndpoint


class ServingEndpointArgs(CommonArgs):
    """Inputs of `ServingEndpoint`."""

    spec: Required[ServingEndpoint]
    vpc_id: Required[pulumi.Input[str]]
    subnet_ids: Required[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Private subnets in two zones or more; a serverless endpoint runs in AWS's own network and ignores them."""
    model_bucket: Required[pulumi.Input[str]]
    """Name of the bucket that `spec.model.dataKey` is a key of."""
    capture_bucket: Required[pulumi.Input[str]]
    """Name of the bucket that captured requests and asynchronous answers are written to."""
    model_group_names: NotRequired[pulumi.Input[Mapping[str, str]]]
    """Name in the declaration → name of the model package group; each model is tagged with its own."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The key of both buckets, and of the endpoint's disks; absent: a key of the component's own."""
    review_flow_arn: NotRequired[pulumi.Input[str]]
    """The flow definition that people review its answers in; a container that has a network may start its loops."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """SNS topic that alarms are sent to."""
    error_rate_percent: NotRequired[float]
    """Share of 5xx answers that raises the alarm and sends a deployment back; 1 % by default."""
    saturation_percent: NotRequired[int]
    """Utilisation of the GPU (or CPU) that raises the alarm; 85 % by default."""
