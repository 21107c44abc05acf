"""What a GPU pool is wired to."""

# ruff: noqa: TC001, TC002, TC003  the component host evaluates these annotations at run time

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, Required

import pulumi

from trimtab.components.base import CommonArgs
from trimtab.spec.cluster.gpu_pool import GpuPool


class GpuPoolArgs(CommonArgs, total=False):
    """Inputs of `GpuPool`."""

    spec: Required[GpuPool]
    instance_profile: Required[pulumi.Input[str]]
    """Name of the nodes' instance profile; its role has an access entry of type EC2_LINUX."""
    subnet_ids: Required[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Private subnets, one a zone."""
    security_group_ids: Required[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Of the nodes: the cluster's own, which lets nodes and control plane talk."""
    disk_key_arn: NotRequired[pulumi.Input[str]]
    """The key of the nodes' disks, which Karpenter's role may use; absent: AWS's own key for EBS."""
    namespaces: NotRequired[Mapping[str, pulumi.Input[str]]]
    """Tenant → its namespace; those that are absent are called after their tenant, and exist already."""
    operators: NotRequired[list[str]]
    """Operators that the cluster has; absent: it is not checked that those which the pool needs are there."""
