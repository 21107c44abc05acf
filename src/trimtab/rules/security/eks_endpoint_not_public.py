"""The cluster's API is not open to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import EKS_CLUSTER

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


_WORLD = frozenset({"0.0.0.0/0", "::/0"})


def check(cluster: Resource, _: RuleConfig) -> Messages:
    network = cluster.props.block("vpcConfig")
    if not network.flag("endpointPublicAccess", default=True):
        return
    # Without a list AWS opens it to the whole internet.
    sources = set(network.texts("publicAccessCidrs")) or _WORLD
    if sources & _WORLD:
        yield "its API is open to the whole internet"


RULE = ResourceRule(
    id="eks-endpoint-not-public",
    title="EKS endpoints are private, or open to named networks",
    pack="security",
    severity=Severity.HIGH,
    types=(EKS_CLUSTER,),
    why="A public API server is one stolen token away from every workload.",
    remedy="Close it, or name the networks that may reach it:",
    code=(
        'vpc_config={"endpoint_private_access": True, "endpoint_public_access": False, "subnet_ids": '
        "private_subnet_ids}"
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("EKS.1",), Framework.SOC_2: ("CC6.6",)},
    check=check,
    fails=example(resource(EKS_CLUSTER, "ml", vpcConfig={"subnetIds": ["subnet-1"]})),
    passes=example(
        resource(EKS_CLUSTER, "ml", vpcConfig={"subnetIds": ["subnet-1"], "publicAccessCidrs": ["192.0.2.0/24"]})
    ),
)
