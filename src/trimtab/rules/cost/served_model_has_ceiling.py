"""A served model scales up to a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules import kinds
from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, RuleConfig, Severity

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


def check(service: Resource, _: RuleConfig) -> Messages:
    spec = service.props.block("spec")
    for part in ("predictor", "transformer", "explainer"):
        for view in spec.blocks(part):
            # KServe takes 0, its default, for no ceiling.
            if view.number("maxReplicas", 0) < 1:
                yield f"its {part} may have any number of replicas"


RULE = ResourceRule(
    id="served-model-has-ceiling",
    title="KServe's services have a highest number of replicas",
    pack="cost",
    severity=Severity.MEDIUM,
    types=(kinds.INFERENCE_SERVICE,),
    why="A burst of requests, or a client that retries, buys GPUs until the cluster has none left for anybody else.",
    remedy="Name the most:",
    code='"predictor": {"minReplicas": 1, "maxReplicas": 4}',
    frameworks={Framework.ISO_42001: ("A.4.5",), Framework.NIST_AI_RMF: ("MANAGE 2.1",)},
    check=check,
    fails=example(resource(kinds.INFERENCE_SERVICE, "fraud", spec={"predictor": {"minReplicas": 1}})),
    passes=example(
        resource(kinds.INFERENCE_SERVICE, "fraud", spec={"predictor": {"minReplicas": 1, "maxReplicas": 4}})
    ),
)
