"""What an EKS cluster is made of before anything runs on it: versions, who may reach it, the nodes it begins with."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from trimtab.spec.base import SpecModel
from trimtab.spec.cluster.groups import Groups
from trimtab.spec.cluster.problems import refuse
from trimtab.spec.instances import InstanceType
from trimtab.spec.units import Count, EachOnce, GiB, Name

KubernetesVersion = Literal["1.33", "1.34", "1.35"]
LogType = Literal["api", "audit", "authenticator", "controllerManager", "scheduler"]
AddOnName = Literal["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent", "aws-ebs-csi-driver"]
EVERY_ADD_ON: tuple[AddOnName, ...] = (
    "vpc-cni",
    "kube-proxy",
    "coredns",
    "eks-pod-identity-agent",
    "aws-ebs-csi-driver",
)
EVERY_LOG: tuple[LogType, ...] = ("api", "audit", "authenticator", "controllerManager", "scheduler")
AccessPolicy = Literal[
    "AmazonEKSClusterAdminPolicy",
    "AmazonEKSAdminPolicy",
    "AmazonEKSAdminViewPolicy",
    "AmazonEKSEditPolicy",
    "AmazonEKSViewPolicy",
]
RoleArn = Annotated[
    str,
    Field(
        pattern=r"^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9_+=,.@/-]+$",
        description="ARN of an IAM role or user, arn:aws:iam::123456789012:role/ml-engineers",
    ),
]
PublicCidrs = Annotated[tuple[IPv4Network, ...], Field(max_length=40)]
"""Forty at most: EKS's quota."""


class AccessEntry(SpecModel):
    """A role that may use the cluster's API (an EKS access entry)."""

    role_arn: RoleArn
    groups: Groups = ()
    """Groups of Kubernetes that it is a member of, as tenants name them."""
    policy: AccessPolicy | None = None
    """One of EKS's access policies; absent: what its groups' bindings give."""
    namespaces: tuple[Name, ...] = ()
    """Where the policy holds; empty: in the whole cluster."""

    @model_validator(mode="after")
    def _grants_something(self) -> Self:
        if not self.groups and self.policy is None:
            raise refuse(
                "policy",
                "the entry gives neither groups nor a policy",
                allowed="groups, a policy, or both",
                remedy="name the tenants' groups or a policy",
            )
        return self


class AddOn(SpecModel):
    """One of the cluster's add-ons at a version of one's own."""

    name: AddOnName
    version: Annotated[
        str,
        Field(
            pattern=r"^v[0-9]+\.[0-9]+\.[0-9]+-eksbuild\.[0-9]+$",
            description="A version of an EKS add-on, v1.20.4-eksbuild.1",
        ),
    ]


class SystemNodes(SpecModel):
    """The managed node group that the operators run on; GPU nodes come from pools."""

    instance_types: Annotated[tuple[InstanceType, ...], Field(min_length=1, max_length=8), EachOnce] = ("m7i.xlarge",)
    min_nodes: Annotated[Count, Field(ge=2)] = 2
    """Two at least: one zone may fail."""
    max_nodes: Annotated[Count, Field(ge=2)] = 4
    disk_gib: GiB = 50

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.min_nodes > self.max_nodes:
            raise refuse(
                "minNodes",
                f"minNodes {self.min_nodes} is more than maxNodes {self.max_nodes}",
                allowed=f"2 to {self.max_nodes}",
                remedy="lower minNodes or raise maxNodes",
            )
        return self
