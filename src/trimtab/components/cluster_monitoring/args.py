"""What monitoring on a cluster is wired to."""

# ruff: noqa: TC001  the component host evaluates these annotations at run time

from __future__ import annotations

from collections.abc import Mapping
from typing import NotRequired, Required, TypedDict

import pulumi

from trimtab.components.kube import ClusterArgs
from trimtab.spec.cluster.monitoring import ClusterMonitoring


class RetrainingTrigger(TypedDict):
    """Where an alert starts a model's pipeline: `ClusterPipelines.triggers` has them."""

    url: pulumi.Input[str]
    token_secret: pulumi.Input[str]
    """A secret in the namespace of the monitoring component that holds the bearer token."""
    token_key: str
    authority: NotRequired[Mapping[str, str]]
    """`name` and `key` of the secret there with the authority of the server's certificate; absent: the system's own."""


class ClusterMonitoringArgs(ClusterArgs):
    """Inputs of `ClusterMonitoring`."""

    spec: Required[ClusterMonitoring]
    retraining: NotRequired[Mapping[str, RetrainingTrigger]]
    """Model → the trigger of its pipeline; absent: drift is told and starts nothing."""
    prometheus_namespace: NotRequired[str]
    """Whose pods may scrape the drift service; absent: `monitoring`."""
    cluster_name: NotRequired[pulumi.Input[str]]
    """EKS cluster; present: the drift service reads S3 with a role of its own, by Pod Identity."""
    data_key_arn: NotRequired[pulumi.Input[str]]
    """The key that the drift service's data is encrypted with."""
