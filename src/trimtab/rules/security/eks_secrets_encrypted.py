"""The cluster's secrets are encrypted with a key of the customer's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import EKS_CLUSTER

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(cluster: Resource, _: RuleConfig) -> Messages:
    if not cluster.props.block("encryptionConfig").block("provider").has("keyArn"):
        yield "secrets are not encrypted with a customer managed key"


RULE = ResourceRule(
    id="eks-secrets-encrypted",
    title="EKS clusters encrypt secrets with a customer managed key",
    pack="security",
    severity=Severity.MEDIUM,
    types=(EKS_CLUSTER,),
    why="Hub tokens and database passwords of all workloads lie in the cluster's store.",
    remedy="Name a key:",
    code='encryption_config={"provider": {"key_arn": key.arn}, "resources": ["secrets"]}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SECURITY_HUB: ("EKS.3",), Framework.SOC_2: ("CC6.1",)},
    check=check,
    fails=example(resource(EKS_CLUSTER, "ml", name="ml")),
    passes=example(
        resource(EKS_CLUSTER, "ml", name="ml", encryptionConfig={"provider": {"keyArn": "k"}, "resources": ["secrets"]})
    ),
)
