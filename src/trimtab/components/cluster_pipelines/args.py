"""What pipelines on a cluster are wired to."""

# ruff: noqa: TC001, TC002, TC003  the component host evaluates these annotations at run time

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, Required

import pulumi

from trimtab.components.kube import ClusterArgs
from trimtab.spec.cluster.pipelines import ClusterPipelines


class ClusterPipelinesArgs(ClusterArgs):
    """Inputs of `ClusterPipelines`."""

    spec: Required[ClusterPipelines]
    monitoring_namespace: NotRequired[pulumi.Input[str]]
    """Where the token lies that alerts start pipelines with; absent: the component's namespace."""
    cluster_name: NotRequired[str]
    """EKS cluster; present: steps read and write S3 with a role of their own, by Pod Identity. MWAA needs it."""
    data_key_arn: NotRequired[pulumi.Input[str]]
    """The key that training data and models are encrypted with."""
    vpc_id: NotRequired[pulumi.Input[str]]
    """Where MWAA lies; with `subnet_ids`, two private subnets in different zones."""
    subnet_ids: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The key of MWAA and its bucket; absent: one of the component's own."""
