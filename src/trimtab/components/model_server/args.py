"""What a model server is wired to."""

# ruff: noqa: TC001, TC002, TC003  the component host evaluates these annotations at run time

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, Required

import pulumi

from trimtab.components.kube import ClusterArgs
from trimtab.spec.cluster.serving import KServeServing, RayServing, VllmServing


class ModelServerArgs(ClusterArgs):
    """Inputs of `ModelServer`."""

    spec: Required[KServeServing | VllmServing | RayServing]
    cluster_name: NotRequired[pulumi.Input[str]]
    """The EKS cluster, for a role of the pods' own; absent: the pods have no AWS credentials."""
    model_bucket: NotRequired[pulumi.Input[str]]
    """Name of the bucket that models and code are read from; needs `cluster_name`."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The key of that bucket, where it is encrypted with a customer's."""
    deployed_by_pipeline: NotRequired[bool]
    """Whether a retraining pipeline sets which version is served: then the declaration says only the first one."""
    prometheus_url: NotRequired[pulumi.Input[str]]
    """What KEDA asks for the scaling query; absent: the Prometheus operator's own service in `monitoring`."""
    monitoring_namespace: NotRequired[str]
    """Namespace whose pods scrape metrics; `monitoring` by default."""
    system_namespaces: NotRequired[Sequence[str]]
    """Namespaces of the operators and gateways that reach the pods; absent: where their charts put them."""
