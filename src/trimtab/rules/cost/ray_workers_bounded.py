"""A Ray cluster grows and shrinks between two numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


_CLUSTERS = {kinds.RAY_CLUSTER: "", kinds.RAY_SERVICE: "rayClusterConfig", kinds.RAY_JOB: "rayClusterSpec"}


class WorkerConfig(RuleConfig):
    """How many workers are too many."""

    maximum: int = Field(64, ge=1, description="Most workers that one group may have.")


def check(ray: Resource, config: WorkerConfig) -> Messages:
    spec = ray.props.block("spec")
    cluster = spec.block(_CLUSTERS[ray.type]) if _CLUSTERS[ray.type] else spec
    scales = cluster.flag("enableInTreeAutoscaling")
    for group in cluster.blocks("workerGroupSpecs"):
        name = group.text("groupName", group.path)
        missing = [bound for bound in ("minReplicas", "maxReplicas") if not group.has(bound)]
        if scales and missing:
            yield f"group {name} scales without {' and '.join(missing)}"
        most = max(group.number("maxReplicas", 0), group.number("replicas", 0))
        if most > config.maximum:
            yield f"group {name} may have {most:g} workers, more than {config.maximum}"


RULE = ResourceRule(
    id="ray-workers-bounded",
    title="Ray's worker groups have bounds",
    pack="cost",
    severity=Severity.MEDIUM,
    types=tuple(_CLUSTERS),
    why="KubeRay's own ceiling is two billion workers, each of which may bring a GPU node.",
    remedy="Name the fewest and the most:",
    code='{"groupName": "gpu", "minReplicas": 0, "maxReplicas": 8}',
    frameworks={Framework.ISO_42001: ("A.4.5",), Framework.NIST_AI_RMF: ("MANAGE 2.1",)},
    config=WorkerConfig,
    check=check,
    fails=example(
        resource(
            kinds.RAY_CLUSTER,
            "tuning",
            spec={"enableInTreeAutoscaling": True, "workerGroupSpecs": [{"groupName": "gpu", "replicas": 1}]},
        )
    ),
    passes=example(
        resource(
            kinds.RAY_CLUSTER,
            "tuning",
            spec={
                "enableInTreeAutoscaling": True,
                "workerGroupSpecs": [{"groupName": "gpu", "replicas": 1, "minReplicas": 1, "maxReplicas": 8}],
            },
        )
    ),
)
