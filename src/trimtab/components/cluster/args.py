"""What a cluster is wired to."""

# ruff: noqa: TC001, TC002, TC003  the component host evaluates these annotations at run time

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, Required

import pulumi

from trimtab.components.base import CommonArgs
from trimtab.spec.cluster.cluster import EksCluster, ExistingCluster


class ClusterComponentArgs(CommonArgs, total=False):
    """Inputs of `Cluster`."""

    spec: Required[EksCluster | ExistingCluster]
    vpc_id: NotRequired[pulumi.Input[str]]
    """The VPC of an EKS cluster; absent for an existing one."""
    subnet_ids: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Private subnets in two zones or more, for an EKS cluster's nodes and its control plane's interfaces."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The key of secrets, disks and logs; absent: one of the cluster's own, whose policy lets EC2 use it."""
    embedded: NotRequired[bool]
    """Whether the Kubernetes API is the embedded one: the operators' custom resources are there, and no controllers."""
