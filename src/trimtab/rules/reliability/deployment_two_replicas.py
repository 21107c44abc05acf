"""A deployment survives the loss of one node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, ResourceRule, Severity
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.tokens import DEPLOYMENT

if TYPE_CHECKING:
    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource


_ENOUGH = 2


def check(deployment: Resource, config: ProductionConfig) -> Messages:
    # Without a number the autoscaler owns it.
    replicas = deployment.props.block("spec").number("replicas", _ENOUGH)
    if replicas < _ENOUGH and is_production(deployment, config):
        yield f"runs {replicas:g} replica"


RULE = ResourceRule(
    id="deployment-two-replicas",
    title="Production deployments run two replicas or more",
    pack="reliability",
    severity=Severity.MEDIUM,
    types=(DEPLOYMENT,),
    why="One replica is down whenever its node is.",
    remedy="Run two, unless an autoscaler sets the number:",
    code='"spec": {"replicas": 2}',
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("A1.1",)},
    config=ProductionConfig,
    check=check,
    fails=example(resource(DEPLOYMENT, "llm", spec={"replicas": 1})),
    passes=example(resource(DEPLOYMENT, "llm", spec={"replicas": 2})),
)
