"""Who may use the cluster's API, and, where asked for, the cluster as an OIDC provider of IAM."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.spec.cluster.eks import AccessEntry


def access_entries(
    component: Component, place: Place, cluster: aws.eks.Cluster, entries: tuple[AccessEntry, ...]
) -> None:
    """Declare the access entries, each with its policy where it has one."""
    for number, entry in enumerate(entries):
        declared = aws.eks.AccessEntry(
            f"{component.name}-access-{number}",
            cluster_name=cluster.name,
            principal_arn=entry.role_arn,
            kubernetes_groups=list(entry.groups),
            type="STANDARD",
            tags=component.tags(),
            opts=component.child(),
        )
        if entry.policy is not None:
            aws.eks.AccessPolicyAssociation(
                f"{component.name}-access-{number}",
                cluster_name=cluster.name,
                principal_arn=declared.principal_arn,
                policy_arn=pulumi.Output.format(
                    "arn:{}:eks::aws:cluster-access-policy/{}", place.partition, entry.policy
                ),
                access_scope=aws.eks.AccessPolicyAssociationAccessScopeArgs(
                    type="namespace" if entry.namespaces else "cluster", namespaces=list(entry.namespaces)
                ),
                opts=component.child(),
            )


def oidc_provider(component: Component, cluster: aws.eks.Cluster) -> aws.iam.OpenIdConnectProvider:
    """Declare the cluster as an OIDC provider: service accounts with an annotation may take roles (IRSA)."""
    issuer = cluster.identities.apply(lambda found: str(found[0]["oidcs"][0]["issuer"]))
    return aws.iam.OpenIdConnectProvider(
        f"{component.name}-oidc",
        url=issuer,
        client_id_lists=["sts.amazonaws.com"],
        tags=component.tags(),
        opts=component.child(),
    )
