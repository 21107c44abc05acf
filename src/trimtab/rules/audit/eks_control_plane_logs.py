"""What the control plane decides is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.tokens import EKS_CLUSTER

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


class LogConfig(RuleConfig):
    """Which of the control plane's logs are kept."""

    logs: tuple[str, ...] = Field(
        ("api", "authenticator", "controllerManager", "scheduler"),
        description="Logs beside `audit`, which eks-audit-logs asks for.",
    )


def check(cluster: Resource, config: LogConfig) -> Messages:
    given = cluster.props.texts("enabledClusterLogTypes")
    missing = [name for name in config.logs if name not in given]
    if missing:
        yield f"does not log {', '.join(missing)}"


RULE = ResourceRule(
    id="eks-control-plane-logs",
    title="EKS clusters keep all logs of their control plane",
    pack="audit",
    severity=Severity.LOW,
    types=(EKS_CLUSTER,),
    why="The audit log says what was asked; why a pod was refused, moved or never started is in the others.",
    remedy="Turn them on:",
    code='enabled_cluster_log_types=["api", "audit", "authenticator", "controllerManager", "scheduler"]',
    frameworks={Framework.EU_AI_ACT: ("12",), Framework.ISO_42001: ("A.6.2.8",), Framework.SOC_2: ("CC7.2",)},
    config=LogConfig,
    check=check,
    fails=example(resource(EKS_CLUSTER, "ml", enabledClusterLogTypes=["audit"])),
    passes=example(
        resource(
            EKS_CLUSTER,
            "ml",
            enabledClusterLogTypes=["api", "audit", "authenticator", "controllerManager", "scheduler"],
        )
    ),
)
