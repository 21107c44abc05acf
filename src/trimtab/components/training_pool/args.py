"""What a training pool is wired to."""

# ruff: noqa: TC001, TC002, TC003  the component host evaluates these annotations at run time

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, Required

import pulumi

from trimtab.components.base import CommonArgs
from trimtab.spec.training_pool import TrainingPool


class TrainingPoolArgs(CommonArgs):
    """Inputs of `TrainingPool`."""

    spec: Required[TrainingPool]
    vpc_id: Required[pulumi.Input[str]]
    subnet_ids: Required[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Private subnets, one a zone, in the order of `zones`."""
    zones: Required[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Availability zones of the subnets, `eu-west-1a`, …"""
    data_bucket: Required[pulumi.Input[str]]
    """Name of the bucket that training reads."""
    model_bucket: Required[pulumi.Input[str]]
    """Name of the bucket that checkpoints and models are written to."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The key that both buckets are encrypted with, where they are encrypted with a customer's."""
    disk_key_arn: NotRequired[pulumi.Input[str]]
    """The key of the nodes' disks, which EC2 Auto Scaling must be allowed to use; absent: one of the pool's own."""
    image_id: NotRequired[pulumi.Input[str]]
    """Machine image of the nodes; absent: AWS's newest Deep Learning Base image at the first `up`."""
    idle_percent: NotRequired[int]
    """GPU utilisation below which a node is idle; 5 % by default."""
    alarm_topic_arn: NotRequired[pulumi.Input[str]]
    """SNS topic that is told when the pool idles."""
