"""The add-ons that every cluster has: network, DNS, proxy, disks, and the agent that gives pods their roles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pulumi_aws as aws

from trimtab.components.cluster.control_plane import aws_policy
from trimtab.components.cluster.key import encrypt_disks
from trimtab.components.kube.identity import pod_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.spec.cluster.cluster import EksCluster
    from trimtab.spec.cluster.eks import AddOnName

BEFORE_NODES: tuple[AddOnName, ...] = ("vpc-cni", "kube-proxy", "eks-pod-identity-agent")
"""No node is ready without its network, and no network works without its role."""
AFTER_NODES: tuple[AddOnName, ...] = ("coredns", "aws-ebs-csi-driver")
SETTINGS: dict[str, dict[str, Any]] = {
    # Without this the tenants' network policies would be accepted and do nothing.
    "vpc-cni": {"enableNetworkPolicy": "true"},
}
IDENTITIES = {
    "vpc-cni": ("aws-node", "AmazonEKS_CNI_Policy"),
    "aws-ebs-csi-driver": ("ebs-csi-controller-sa", "service-role/AmazonEBSCSIDriverPolicy"),
}
"""Add-on → its service account in kube-system, and the policy of AWS's that is made for it."""


def add_ons(
    component: Component,
    spec: EksCluster,
    names: Sequence[AddOnName],
    *,
    cluster: aws.eks.Cluster,
    place: Place,
    key_arn: pulumi.Output[str],
    after: Sequence[pulumi.Resource] = (),
) -> list[pulumi.Resource]:
    """Declare add-ons, each with a role of its own where it needs one."""
    versions = {item.name: item.version for item in spec.add_ons}
    return [
        aws.eks.Addon(
            f"{component.name}-{name}",
            cluster_name=cluster.name,
            addon_name=name,
            addon_version=versions.get(name),
            configuration_values=json.dumps(SETTINGS[name]) if name in SETTINGS else None,
            pod_identity_associations=_identity(component, name, cluster, place, key_arn),
            resolve_conflicts_on_create="OVERWRITE",
            resolve_conflicts_on_update="PRESERVE",
            tags=component.tags(),
            opts=component.child(depends_on=list(after)),
        )
        for name in names
    ]


def _identity(
    component: Component, name: AddOnName, cluster: aws.eks.Cluster, place: Place, key_arn: pulumi.Output[str]
) -> list[aws.eks.AddonPodIdentityAssociationArgs] | None:
    if name not in IDENTITIES:
        return None
    account, policy = IDENTITIES[name]
    role = pod_role(
        component,
        name,
        cluster_name=cluster.name,
        namespace="kube-system",
        service_account=account,
        statements=encrypt_disks(key_arn) if name == "aws-ebs-csi-driver" else [],
        managed_policy_arns=[aws_policy(place, policy)],
    )
    return [aws.eks.AddonPodIdentityAssociationArgs(role_arn=role.arn, service_account=account)]
