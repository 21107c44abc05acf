"""Who asked the cluster for what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.tokens import EKS_CLUSTER

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource


def check(cluster: Resource, _: RuleConfig) -> Messages:
    if "audit" not in cluster.props.texts("enabledClusterLogTypes"):
        yield "does not log audit events"


RULE = ResourceRule(
    id="eks-audit-logs",
    title="EKS clusters log audit events",
    pack="audit",
    severity=Severity.HIGH,
    types=(EKS_CLUSTER,),
    why="Without the audit log nobody can say who started, changed or read a workload.",
    remedy="Turn the control plane's logs on:",
    code=(
        'aws.eks.Cluster("ml", enabled_cluster_log_types=["api", "audit", "authenticator"], '
        "role_arn=role.arn, vpc_config=network)"
    ),
    frameworks={
        Framework.EU_AI_ACT: ("12", "19"),
        Framework.ISO_42001: ("A.6.2.8",),
        Framework.SECURITY_HUB: ("EKS.8",),
        Framework.SOC_2: ("CC7.2",),
    },
    check=check,
    fails=example(resource(EKS_CLUSTER, "ml", enabledClusterLogTypes=["api"])),
    passes=example(resource(EKS_CLUSTER, "ml", enabledClusterLogTypes=["api", "audit"])),
)
