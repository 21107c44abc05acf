"""What an MLflow server is wired to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi

from trimtab.components.kube import ClusterArgs
from trimtab.spec.cluster.mlflow import MLflow as MLflowSpec


class MLflowArgs(ClusterArgs, TypedDict):
    """Inputs of an MLflow server."""

    spec: MLflowSpec
    cluster_name: NotRequired[pulumi.Input[str]]
    """EKS cluster that the namespace is of; absent: the pods get their AWS credentials by other means."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """KMS key of database, artifacts and passwords; absent: one of the server's own."""
    artifact_bucket: NotRequired[pulumi.Input[str]]
    """Name of the bucket that artifacts go to; absent: one of the server's own."""
    vpc_id: NotRequired[pulumi.Input[str]]
    """VPC of the cluster; needed for a database in RDS, as are the two below."""
    subnet_ids: NotRequired[Sequence[pulumi.Input[str]]]
    """Private subnets, in two zones at least."""
    client_security_group_id: NotRequired[pulumi.Input[str]]
    """Security group of the cluster's pods: who may connect to the database."""
    monitoring_namespace: NotRequired[str]
    """Namespace whose pods scrape metrics; `monitoring` by default."""
