"""What a team's training is wired to."""

# ruff: noqa: TC001, TC002, TC003  the component host evaluates these annotations at run time

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, Required

import pulumi

from trimtab.components.kube import ClusterArgs
from trimtab.spec.cluster.training import Training


class TrainingRuntimesArgs(ClusterArgs):
    """Inputs of `TrainingRuntimes`."""

    spec: Required[Training]
    cluster_name: NotRequired[pulumi.Input[str]]
    """The EKS cluster, for a role of the pods' own; absent: the pods have no AWS credentials."""
    data_bucket: NotRequired[pulumi.Input[str]]
    """Name of the bucket that training reads."""
    checkpoint_bucket: NotRequired[pulumi.Input[str]]
    """Name of the bucket that checkpoints are written to; absent: one of the component's own."""
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """The key of these buckets; absent: a key of the component's own for its own bucket."""
    monitoring_namespace: NotRequired[str]
    """Namespace whose pods scrape metrics; `monitoring` by default."""
    system_namespaces: NotRequired[Sequence[str]]
    """Namespaces of the operators that reach Ray's heads; absent: where KubeRay's chart puts it."""
