"""What the platform may cost in a month, and who is told before it does."""

from collections.abc import Sequence
from typing import Final, NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from trimtab.components.base import CommonArgs, Component
from trimtab.spec.units import Money

NOTICES: Final = ((80, "ACTUAL"), (100, "ACTUAL"), (100, "FORECASTED"))
"""Percent of the budget, and whether it is spent or foreseen: a forecast comes while there is time to act."""


class BudgetArgs(CommonArgs, TypedDict):
    """Inputs of a Budget."""

    spec: Money
    """The month's limit."""
    topic_arns: NotRequired[Sequence[pulumi.Input[str]]]
    """SNS topics that are told beside the owner's contact."""


class Budget(Component):
    """A monthly cost budget over what carries this platform's tags in this environment.

    AWS counts a tag in a bill only from the day on which it is activated as a cost allocation tag, which the payer's
    account does once: `Platform` and `Environment`.
    """

    budget_name: pulumi.Output[str]
    budget_arn: pulumi.Output[str]

    def __init__(self, name: str, args: BudgetArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts)
        limit = args["spec"]
        budget = aws.budgets.Budget(
            f"{name}-month",
            name=f"{self.context.prefix}-{name}",
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=f"{limit.amount:f}",
            limit_unit=limit.currency,
            filter_expression=self._ours(),
            metrics="UnblendedCost",  # A filter over two tags asks for it: what is billed, before discounts are shared.
            notifications=self._notices(args.get("topic_arns", ())),
            tags=self.tags(),
            opts=self.child(),
        )
        self.budget_name, self.budget_arn = budget.name, budget.arn
        self.finish({"budgetName": self.budget_name, "budgetArn": self.budget_arn})

    def _ours(self) -> aws.budgets.BudgetFilterExpressionArgs:
        wanted = {"Platform": self.context.platform, "Environment": self.context.environment}
        return aws.budgets.BudgetFilterExpressionArgs(
            ands=[
                aws.budgets.BudgetFilterExpressionAndArgs(
                    tags=aws.budgets.BudgetFilterExpressionAndTagsArgs(
                        key=key, values=[value], match_options=["EQUALS"]
                    )
                )
                for key, value in wanted.items()
            ]
        )

    def _notices(self, topics: Sequence[pulumi.Input[str]]) -> list[aws.budgets.BudgetNotificationArgs]:
        return [
            aws.budgets.BudgetNotificationArgs(
                comparison_operator="GREATER_THAN",
                threshold=percent,
                threshold_type="PERCENTAGE",
                notification_type=kind,
                subscriber_email_addresses=[self.owner.contact],
                subscriber_sns_topic_arns=list(topics),
            )
            for percent, kind in NOTICES
        ]
