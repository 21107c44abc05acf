"""The control plane: private, logged, its secrets encrypted, its access in entries only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.roles import service_role, use_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.spec.cluster.cluster import EksCluster

EKS = "eks.amazonaws.com"


def aws_policy(place: Place, name: str) -> pulumi.Output[str]:
    """Return the ARN of a policy that AWS keeps, `AmazonEKSClusterPolicy`."""
    return pulumi.Output.format("arn:{}:iam::aws:policy/{}", place.partition, name)


def control_plane(
    component: Component,
    spec: EksCluster,
    *,
    name: str,
    place: Place,
    key_arn: pulumi.Output[str],
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]],
) -> aws.eks.Cluster:
    """Declare the cluster, its role, and the log group that EKS would else make itself, open and for ever."""
    logs = aws.cloudwatch.LogGroup(
        f"{component.name}-control-plane",
        name=f"/aws/eks/{name}/cluster",
        retention_in_days=spec.log_retention_days,
        kms_key_id=key_arn,
        tags=component.tags(),
        opts=component.stateful(),
    )
    role = service_role(
        component,
        "control-plane",
        service=EKS,
        grants=[use_key("Secrets", key_arn)],
        source_arn=place.arn("eks", f"cluster/{name}"),
        managed_policy_arns=[aws_policy(place, "AmazonEKSClusterPolicy")],
        place=place,
    )
    return aws.eks.Cluster(
        component.name,
        name=name,
        version=spec.kubernetes_version,
        role_arn=role.arn,
        vpc_config=_network(spec, subnet_ids),
        access_config=aws.eks.ClusterAccessConfigArgs(
            authentication_mode="API",
            bootstrap_cluster_creator_admin_permissions=spec.creator_is_administrator,
        ),
        encryption_config=aws.eks.ClusterEncryptionConfigArgs(
            provider=aws.eks.ClusterEncryptionConfigProviderArgs(key_arn=key_arn), resources=["secrets"]
        ),
        enabled_cluster_log_types=list(spec.log_types),
        # Add-ons are declared below, each at a version; EKS would else install its own copies unmanaged.
        bootstrap_self_managed_addons=False,
        deletion_protection=component.context.is_production,
        tags=component.tags(),
        opts=component.stateful(depends_on=[logs]),
    )


def _network(spec: EksCluster, subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]) -> aws.eks.ClusterVpcConfigArgs:
    return aws.eks.ClusterVpcConfigArgs(
        subnet_ids=subnet_ids,
        endpoint_private_access=True,
        endpoint_public_access=bool(spec.public_cidrs),
        public_access_cidrs=[str(block) for block in spec.public_cidrs] or None,
    )
