"""What Feast is wired to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi

from trimtab.components.kube import ClusterArgs
from trimtab.spec.cluster.feast import Feast as FeastSpec


class FeastArgs(ClusterArgs, TypedDict):
    """Inputs of Feast."""

    spec: FeastSpec
    cluster_name: NotRequired[pulumi.Input[str]]
    """EKS cluster that the namespace is of; absent: the pods get their AWS credentials by other means."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """KMS key of the stores and passwords; absent: one of Feast's own."""
    bucket: NotRequired[pulumi.Input[str]]
    """Name of the bucket of registry, sources and Athena's results; absent: one of Feast's own."""
    athena_database: NotRequired[pulumi.Input[str]]
    """Glue database of the sources; needed for an offline store of type athena, as is the one below."""
    athena_workgroup: NotRequired[pulumi.Input[str]]
    vpc_id: NotRequired[pulumi.Input[str]]
    """VPC of the cluster; needed for Redis and for a registry of type sql, as are the two below."""
    subnet_ids: NotRequired[Sequence[pulumi.Input[str]]]
    """Private subnets, in two zones at least."""
    client_security_group_id: NotRequired[pulumi.Input[str]]
    """Security group of the cluster's pods: who may connect."""
    monitoring_namespace: NotRequired[str]
    """Namespace whose pods scrape metrics; `monitoring` by default."""
