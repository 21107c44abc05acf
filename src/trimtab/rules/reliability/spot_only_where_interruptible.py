"""Spot machines run what bears to be stopped, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity
from trimtab.rules.workloads import pods_of

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


_CAPACITY = "karpenter.sh/capacity-type"
_SPOT = "spot"


class SpotConfig(RuleConfig):
    """How a pool says that its work bears interruption."""

    label: str = Field("trimtab.dev/interruptible", description="The pool's label that says so, with the value `true`.")


def check(thing: Resource, config: SpotConfig) -> Messages:
    if thing.type == kinds.NODE_POOL:
        yield from _pool(thing, config)
        return
    for pod in pods_of(thing):
        if pod.spec.block("nodeSelector").text(_CAPACITY) == _SPOT:
            yield "answers requests, and asks for spot machines"


def _pool(pool: Resource, config: SpotConfig) -> Messages:
    template = pool.props.block("spec").block("template")
    buys = [
        value
        for requirement in template.block("spec").blocks("requirements")
        if requirement.text("key") == _CAPACITY and requirement.text("operator", "In") == "In"
        for value in requirement.texts("values")
    ]
    labels = (pool.props.block("metadata").block("labels"), template.block("metadata").block("labels"))
    says = any(view.text(config.label).lower() == "true" for view in labels)
    if _SPOT in buys and not says:
        yield f"buys spot machines, and does not say that its work bears interruption ({config.label})"


RULE = ResourceRule(
    id="spot-only-where-interruptible",
    title="Only interruptible work runs on spot machines",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(kinds.NODE_POOL, *kinds.SERVING),
    why="A spot machine goes with two minutes' notice; training without checkpoints starts over.",
    remedy="Say that the work checkpoints, or buy on demand:",
    code='metadata={"name": "research", "labels": {"trimtab.dev/interruptible": "true"}}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.ISO_42001: ("A.4.5",), Framework.SOC_2: ("A1.1",)},
    config=SpotConfig,
    check=check,
    fails=example(
        resource(
            kinds.NODE_POOL,
            "gpu",
            spec={
                "template": {
                    "spec": {"requirements": [{"key": _CAPACITY, "operator": "In", "values": ["spot", "on-demand"]}]}
                }
            },
        )
    ),
    passes=example(
        resource(
            kinds.NODE_POOL,
            "gpu",
            metadata={"labels": {"trimtab.dev/interruptible": "true"}},
            spec={"template": {"spec": {"requirements": [{"key": _CAPACITY, "operator": "In", "values": ["spot"]}]}}},
        )
    ),
)
