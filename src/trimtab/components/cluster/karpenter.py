"""Karpenter's AWS half: the nodes' role and profile, the controller's role, the queue of notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi_aws as aws

from trimtab.components.cluster.interruptions import interruption_queue
from trimtab.components.cluster.karpenter_grants import karpenter_grants
from trimtab.components.cluster.nodes import node_role
from trimtab.components.kube.identity import workload_role

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place

NAMESPACE, SERVICE_ACCOUNT = "kube-system", "karpenter"
"""In kube-system its pods are of the priority class of the cluster's own and are never evicted first."""


@dataclass(frozen=True)
class Karpenter:
    """What Karpenter and the pools are wired to."""

    node_role_name: pulumi.Output[str]
    instance_profile: pulumi.Output[str]
    queue_name: pulumi.Output[str]
    controller_role_arn: pulumi.Output[str]


def karpenter(
    component: Component, *, name: str, cluster: aws.eks.Cluster, place: Place, key_arn: pulumi.Output[str]
) -> Karpenter:
    """Declare the AWS half; `name` is the cluster's, which tags and policies are made of."""
    role = node_role(component, "karpenter-node", place)
    profile = aws.iam.InstanceProfile(
        f"{component.name}-karpenter-node", role=role.name, tags=component.tags(), opts=component.child()
    )
    aws.eks.AccessEntry(
        f"{component.name}-karpenter-node",
        cluster_name=cluster.name,
        principal_arn=role.arn,
        type="EC2_LINUX",
        tags=component.tags(),
        opts=component.child(),
    )
    queue = interruption_queue(component, key_arn)
    controller = workload_role(
        component,
        "karpenter",
        cluster_name=cluster.name,
        namespace=NAMESPACE,
        service_account=SERVICE_ACCOUNT,
        statements=karpenter_grants(
            place,
            cluster=name,
            node_role_arn=role.arn,
            profile_arn=profile.arn,
            queue_arn=queue.arn,
            key_arn=key_arn,
        ),
    )
    return Karpenter(role.name, profile.name, queue.name, controller.arn)
