"""A cluster, and what of the platform lives on it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.cluster_references import check_cluster
from trimtab.spec.cluster.eks import (
    EVERY_LOG,
    AccessEntry,
    AddOn,
    KubernetesVersion,
    LogType,
    PublicCidrs,
    SystemNodes,
)
from trimtab.spec.cluster.feast import Feast
from trimtab.spec.cluster.gpu_pool import GpuPool
from trimtab.spec.cluster.mlflow import MLflow
from trimtab.spec.cluster.monitoring import ClusterMonitoring
from trimtab.spec.cluster.operators import Operator
from trimtab.spec.cluster.pipelines import ClusterPipelines
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.cluster.serving import ClusterServing
from trimtab.spec.cluster.tenancy import Tenant
from trimtab.spec.cluster.training import Training
from trimtab.spec.cluster.wandb import WeightsAndBiases
from trimtab.spec.cluster.workers import Workers
from trimtab.spec.units import EachOnce, LogRetentionDays, Name

ClusterName = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$",
        description="An EKS cluster's name: letters, digits, hyphens and underscores, 100 at most.",
    ),
]


class ClusterParts(SpecModel):
    """What lives on a cluster, whoever made it."""

    declares_all: ClassVar[bool] = True
    """Whether there is nothing on it but what is declared here."""

    operators: Annotated[tuple[Operator, ...], EachOnce] = ()
    """Operators that the cluster has. On a cluster of the platform's own they are installed, at pinned versions."""
    tenants: tuple[Tenant, ...] = ()
    services_namespace: Name = "ml-platform"
    """Namespace of the platform's own servers; one of the tenants, or made for them."""
    gpu_pools: tuple[GpuPool, ...] = ()
    training: Training | None = None
    serving: tuple[ClusterServing, ...] = ()
    mlflow: MLflow | None = None
    weights_and_biases: WeightsAndBiases | None = None
    feast: Feast | None = None
    pipelines: ClusterPipelines | None = None
    monitoring: ClusterMonitoring | None = None

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        check_cluster(self)
        return self


class EksCluster(ClusterParts):
    """An EKS cluster of the platform's own, in the platform's network."""

    type: Literal["eks"]
    kubernetes_version: KubernetesVersion = "1.35"
    public_cidrs: PublicCidrs = ()
    """Address blocks that reach the API server from outside; empty: from the network only."""
    log_types: Annotated[tuple[LogType, ...], EachOnce] = EVERY_LOG
    """Logs of the control plane that go to CloudWatch."""
    log_retention_days: LogRetentionDays = 365
    access_entries: Annotated[tuple[AccessEntry, ...], Field(max_length=100)] = ()
    creator_is_administrator: bool = True
    """Whether who creates the cluster administers it; false where `accessEntries` name who runs `pulumi up`."""
    system_nodes: SystemNodes = SystemNodes()
    workers: Workers | None = None
    """The pool of what needs no GPU; absent: all of that runs on the system nodes, and waits once those are full."""
    add_ons: tuple[AddOn, ...] = ()
    """Versions of add-ons; those not named here are at the version that EKS gives for the cluster's."""
    irsa: bool = False
    """Whether the cluster is an OIDC provider of IAM as well, for what does not know Pod Identity yet."""


class ExistingCluster(ClusterParts):
    """A cluster that somebody else declares, reached by the kubeconfig of whoever runs Pulumi."""

    declares_all: ClassVar[bool] = False

    type: Literal["existing"]
    cluster_name: ClusterName | None = None
    """Its name in EKS, for the roles of workloads (Pod Identity); absent: it is not an EKS cluster."""
    node_instance_profile: Annotated[
        str | None, Field(pattern=r"^[A-Za-z0-9_+=,.@-]{1,128}$", description="An instance profile's name.")
    ] = None
    """Instance profile of Karpenter's nodes there, for GPU pools."""
    node_security_group_id: Annotated[
        str | None, Field(pattern=r"^sg-[0-9a-f]{8,17}$", description="Id of a security group, sg-…")
    ] = None
    """Security group of nodes there, for GPU pools and for databases that its pods use."""
    nvidia_namespace: Name | None = None
    """Namespace of its NVIDIA operator, where the profiles of shared GPUs are put; absent: they are there already."""

    @model_validator(mode="after")
    def _pools_know_their_nodes(self) -> Self:
        for key, value in (
            ("nodeInstanceProfile", self.node_instance_profile),
            ("nodeSecurityGroupId", self.node_security_group_id),
        ):
            if self.gpu_pools and value is None:
                raise refuse(
                    key,
                    f"gpuPools of an existing cluster need {key}, which is not set",
                    allowed="the one that the cluster's other nodes have",
                    remedy=f"set cluster.{key}, or leave gpuPools out",
                )
        return self


Cluster = Annotated[EksCluster | ExistingCluster, Field(discriminator="type")]
