"""Somebody is told before the money is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.rules.examples import example, resource
from trimtab.rules.port import Framework, Severity, StackRule
from trimtab.rules.tokens import BUDGET, INSTANCE, SAGEMAKER_ENDPOINT, SAGEMAKER_NOTEBOOK, SCALING_GROUP, STACK

if TYPE_CHECKING:
    from trimtab.rules.port import Messages, RuleConfig
    from trimtab.rules.resource import Resource
    from trimtab.rules.stack import Stack


# What runs, and costs, whether anybody uses it or not.
_MACHINES = (SAGEMAKER_ENDPOINT, SCALING_GROUP, SAGEMAKER_NOTEBOOK, INSTANCE)


def check(_stack: Resource, stack: Stack, _: RuleConfig) -> Messages:
    machines = stack.of(*_MACHINES)
    if machines and not any(budget.props.has("notifications") for budget in stack.of(BUDGET)):
        yield f"{len(machines)} machines or groups of them, and no budget that notifies anybody"


RULE = StackRule(
    id="budget-exists",
    title="A stack with machines has a budget that tells somebody",
    pack="cost",
    severity=Severity.MEDIUM,
    types=(STACK,),
    why="A forgotten GPU pool costs as much in a weekend as a team in a month.",
    remedy="Declare a budget with a notification:",
    code=(
        'aws.budgets.Budget("platform", budget_type="COST", limit_amount="5000", limit_unit="USD", '
        'time_unit="MONTHLY", notifications=[{"comparison_operator": "GREATER_THAN", "threshold": 80,'
        ' "threshold_type": "PERCENTAGE", "notification_type": "FORECASTED", '
        '"subscriber_sns_topic_arns": [topic.arn]}])'
    ),
    frameworks={Framework.ISO_42001: ("A.4.5",), Framework.NIST_AI_RMF: ("MANAGE 2.1",), Framework.SOC_2: ("CC3.2",)},
    check=check,
    fails=example(resource(SAGEMAKER_ENDPOINT, "fraud", name="fraud")),
    passes=example(
        resource(SAGEMAKER_ENDPOINT, "fraud", name="fraud"),
        resource(BUDGET, "platform", notifications=[{"threshold": 80}]),
    ),
)
