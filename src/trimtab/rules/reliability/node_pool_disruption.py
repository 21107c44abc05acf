"""Nodes are renewed, a few at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(pool: Resource, _: RuleConfig) -> Messages:
    spec = pool.props.block("spec")
    if not spec.block("disruption").has("budgets"):
        yield "says nowhere how many nodes may be disrupted at once"
    if spec.block("template").block("spec").text("expireAfter", _DEFAULT) == "Never":
        yield "its nodes never expire"


# Karpenter's own, a month.
_DEFAULT = "720h"


RULE = ResourceRule(
    id="node-pool-disruption",
    title="Karpenter's node pools have disruption budgets and an expiry",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(kinds.NODE_POOL,),
    why="Without a budget a tenth of all nodes may go at any hour; without an expiry kernels and drivers grow old.",
    remedy="Say how many may go at once, and when each is renewed:",
    code='"disruption": {"consolidationPolicy": "WhenEmpty", "consolidateAfter": "5m", "budgets": [{"nodes": "10%"}]}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("A1.1", "CC7.1")},
    check=check,
    fails=example(resource(kinds.NODE_POOL, "gpu", spec={"template": {"spec": {"expireAfter": "Never"}}})),
    passes=example(
        resource(
            kinds.NODE_POOL,
            "gpu",
            spec={"template": {"spec": {"expireAfter": "336h"}}, "disruption": {"budgets": [{"nodes": "1"}]}},
        )
    ),
)
