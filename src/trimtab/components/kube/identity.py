"""What a workload may do in AWS: a role that one service account of one cluster takes by EKS Pod Identity.

https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html: the Pod Identity agent asks for the role with
session tags that say for whom, so the trust is narrowed to one cluster, one namespace and one service account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi_aws as aws

from trimtab.components.roles import ServiceRole
from trimtab.components.statements import document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pulumi

    from trimtab.components.base import Component

PODS = "pods.eks.amazonaws.com"


def workload_role(
    component: Component,
    logical: str,
    *,
    cluster_name: pulumi.Input[str],
    namespace: pulumi.Input[str],
    service_account: pulumi.Input[str],
    statements: Sequence[Mapping[str, Any]],
    managed_policy_arns: Sequence[pulumi.Input[str]] = (),
) -> aws.iam.Role:
    """Return the role of a workload, tied to its service account.

    Args:
        component: the owner of the role.
        logical: what the role is for; with the component's name it makes the role's name.
        cluster_name: the EKS cluster that the service account is of.
        namespace: of the service account.
        service_account: its name; it needs no annotation.
        statements: what it may do, made by `trimtab.components.statements.allow`; empty: no policy of its own.
        managed_policy_arns: AWS's or the account's own policies to attach.
    """
    role = pod_role(
        component,
        logical,
        cluster_name=cluster_name,
        namespace=namespace,
        service_account=service_account,
        statements=statements,
        managed_policy_arns=managed_policy_arns,
    )
    aws.eks.PodIdentityAssociation(
        f"{component.name}-{logical}",
        cluster_name=cluster_name,
        namespace=namespace,
        service_account=service_account,
        role_arn=role.arn,
        tags=component.tags(),
        opts=component.child(),
    )
    return role


def pod_role(
    component: Component,
    logical: str,
    *,
    cluster_name: pulumi.Input[str],
    namespace: pulumi.Input[str],
    service_account: pulumi.Input[str],
    statements: Sequence[Mapping[str, Any]],
    managed_policy_arns: Sequence[pulumi.Input[str]] = (),
) -> ServiceRole:
    """Return a role that a service account may take once something associates the two; see `workload_role`."""
    label = f"{component.name}-{logical}"
    role = ServiceRole(
        label,
        path=f"/{component.context.platform}/{component.context.environment}/",
        description=f"{component.context.prefix} {component.name}: {logical}",
        assume_role_policy=document([pods_may_assume(cluster_name, namespace, service_account)]),
        tags=component.tags(),
        opts=component.child(),
    )
    own = (
        [aws.iam.RolePolicy(label, role=role.name, policy=document(statements), opts=component.child()).id]
        if statements
        else []
    )
    attached = [
        aws.iam.RolePolicyAttachment(f"{label}-{number}", role=role.name, policy_arn=arn, opts=component.child()).id
        for number, arn in enumerate(managed_policy_arns)
    ]
    role.allowed = (*own, *attached)
    return role


def pods_may_assume(
    cluster_name: pulumi.Input[str], namespace: pulumi.Input[str], service_account: pulumi.Input[str]
) -> dict[str, Any]:
    """Return the statement that lets Pod Identity take a role for one service account of one cluster."""
    return {
        "Sid": "AssumedByOneServiceAccount",
        "Effect": "Allow",
        "Principal": {"Service": PODS},
        "Action": ["sts:AssumeRole", "sts:TagSession"],
        "Condition": {
            "StringEquals": {
                "aws:RequestTag/eks-cluster-name": cluster_name,
                "aws:RequestTag/kubernetes-namespace": namespace,
                "aws:RequestTag/kubernetes-service-account": service_account,
            }
        },
    }
