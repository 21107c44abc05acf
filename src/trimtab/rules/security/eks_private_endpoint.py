"""Nodes reach the cluster's API without leaving the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import EKS_CLUSTER

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(cluster: Resource, _: RuleConfig) -> Messages:
    if not cluster.props.block("vpcConfig").flag("endpointPrivateAccess"):
        yield "its API has no private endpoint"


RULE = ResourceRule(
    id="eks-private-endpoint",
    title="EKS clusters have a private endpoint",
    pack="security",
    severity=Severity.MEDIUM,
    types=(EKS_CLUSTER,),
    why="Without it every node talks to its control plane over the internet or not at all.",
    remedy="Open the private endpoint:",
    code='vpc_config={"subnet_ids": subnets, "endpoint_private_access": True, "endpoint_public_access": False}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("EKS.1",), Framework.SOC_2: ("CC6.6",)},
    check=check,
    fails=example(resource(EKS_CLUSTER, "ml", vpcConfig={"endpointPublicAccess": True})),
    passes=example(
        resource(EKS_CLUSTER, "ml", vpcConfig={"endpointPrivateAccess": True, "endpointPublicAccess": False})
    ),
)
