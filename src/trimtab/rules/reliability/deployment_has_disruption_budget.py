"""Maintenance does not take all replicas at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.production import ProductionConfig, is_production
from trimtab.rules.tokens import DEPLOYMENT, DISRUPTION_BUDGET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.rules.port import Messages
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack
    from trimtab.rules.values import Props


def check(deployment: Resource, stack: Stack, config: ProductionConfig) -> Messages:
    labels = deployment.props.block("spec").block("template").block("metadata").block("labels").raw
    budgets = (budget.props.block("spec").block("selector") for budget in stack.of(DISRUPTION_BUDGET))
    if is_production(deployment, config) and not any(_selects(selector, labels) for selector in budgets):
        yield "no disruption budget selects its pods"


def _selects(selector: Props, labels: Mapping[str, object]) -> bool:
    wanted = selector.block("matchLabels").raw
    return bool(wanted) and all(labels.get(key) == value for key, value in wanted.items())


RULE = StackRule(
    id="deployment-has-disruption-budget",
    title="Production deployments have a disruption budget",
    pack="reliability",
    severity=Severity.LOW,
    types=(DEPLOYMENT,),
    why="A drained node group takes every pod of a model with it unless a budget says how many must stay.",
    remedy="Declare one for the deployment's labels:",
    code=(
        'kubernetes.policy.v1.PodDisruptionBudget("llm", spec={"minAvailable": 1, "selector": '
        '{"matchLabels": {"app": "llm"}}})'
    ),
    frameworks={Framework.EU_AI_ACT: ("15",), Framework.SOC_2: ("A1.1",)},
    config=ProductionConfig,
    check=check,
    fails=example(resource(DEPLOYMENT, "llm", spec={"template": {"metadata": {"labels": {"app": "llm"}}}})),
    passes=example(
        resource(DEPLOYMENT, "llm", spec={"template": {"metadata": {"labels": {"app": "llm"}}}}),
        resource(DISRUPTION_BUDGET, "llm", spec={"minAvailable": 1, "selector": {"matchLabels": {"app": "llm"}}}),
    ),
)
