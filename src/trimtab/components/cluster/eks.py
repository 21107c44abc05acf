"""Everything of an EKS cluster that lies in AWS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.components.cluster.access import access_entries, oidc_provider
from trimtab.components.cluster.add_ons import AFTER_NODES, BEFORE_NODES, add_ons
from trimtab.components.cluster.chart_values import Wiring
from trimtab.components.cluster.control_plane import control_plane
from trimtab.components.cluster.karpenter import Karpenter, karpenter
from trimtab.components.cluster.key import cluster_key
from trimtab.components.cluster.kubeconfig import kubeconfig
from trimtab.components.cluster.nodes import system_nodes
from trimtab.components.place import place_of

if TYPE_CHECKING:
    import pulumi
    import pulumi_aws as aws

    from trimtab.components.base import Component
    from trimtab.components.cluster.args import ClusterComponentArgs
    from trimtab.spec.cluster.cluster import EksCluster
    from trimtab.spec.cluster.operators import Operator


@dataclass(frozen=True)
class Eks:
    """An EKS cluster in AWS.

    Attributes:
        cluster: the control plane.
        key_arn: the key of secrets, disks and logs.
        karpenter: the AWS half of Karpenter.
        kubeconfig: how to reach it.
        security_group_id: the cluster's own, which nodes and control plane share.
        oidc_provider_arn: where the cluster is an OIDC provider of IAM.
        ready: what must be there before anything can run on it.
    """

    cluster: aws.eks.Cluster
    key_arn: pulumi.Output[str]
    karpenter: Karpenter
    kubeconfig: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    oidc_provider_arn: pulumi.Output[str] | None
    ready: tuple[pulumi.Resource, ...]

    def wiring(self, operators: tuple[Operator, ...]) -> Wiring:
        """Return what the operators' charts are told."""
        return Wiring(self.cluster.name, self.karpenter, operators)


def eks_cluster(component: Component, args: ClusterComponentArgs, spec: EksCluster) -> Eks:
    """Declare the cluster, its nodes, its add-ons and Karpenter's AWS half."""
    place = place_of(component)
    name = f"{component.context.prefix}-{component.name}"
    key = cluster_key(component, place, args.get("kms_key_arn"))
    subnets = args["subnet_ids"]
    cluster = control_plane(component, spec, name=name, place=place, key_arn=key, subnet_ids=subnets)
    access_entries(component, place, cluster, spec.access_entries)
    before = add_ons(component, spec, BEFORE_NODES, cluster=cluster, place=place, key_arn=key)
    nodes = system_nodes(
        component, spec.system_nodes, cluster=cluster, place=place, key_arn=key, subnet_ids=subnets, after=before
    )
    after = add_ons(component, spec, AFTER_NODES, cluster=cluster, place=place, key_arn=key, after=[nodes])
    return Eks(
        cluster=cluster,
        key_arn=key,
        karpenter=karpenter(component, name=name, cluster=cluster, place=place, key_arn=key),
        kubeconfig=kubeconfig(
            cluster.name,
            cluster.endpoint,
            cluster.certificate_authority.apply(lambda known: str(known.data)),
            place.region,
        ),
        security_group_id=cluster.vpc_config.apply(lambda known: str(known.cluster_security_group_id)),
        oidc_provider_arn=oidc_provider(component, cluster).arn if spec.irsa else None,
        ready=(nodes, *after),
    )
