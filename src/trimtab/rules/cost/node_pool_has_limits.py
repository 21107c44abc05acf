"""A mistake cannot start a hundred nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(pool: Resource, _: RuleConfig) -> Messages:
    if not pool.props.block("spec").keys("limits"):
        yield "has no limits: it may start nodes until the account's own quota stops it"


RULE = ResourceRule(
    id="node-pool-has-limits",
    title="Karpenter's node pools have limits",
    pack="cost",
    severity=Severity.HIGH,
    types=(kinds.NODE_POOL,),
    why="One job with a wrong number of workers buys as many GPU nodes as it names, within minutes.",
    remedy="Name the most that the pool may hold:",
    code='"limits": {"cpu": "512", "nvidia.com/gpu": "16"}',
    frameworks={Framework.ISO_42001: ("A.4.5",), Framework.NIST_AI_RMF: ("MANAGE 2.1",)},
    check=check,
    fails=example(resource(kinds.NODE_POOL, "gpu", spec={"template": {"spec": {}}})),
    passes=example(resource(kinds.NODE_POOL, "gpu", spec={"limits": {"nvidia.com/gpu": "16"}})),
)
