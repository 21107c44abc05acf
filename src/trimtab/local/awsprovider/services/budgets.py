"""Budgets, with the notifications that a budget carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.local.awsprovider.convert import from_aws
from trimtab.local.awsprovider.resource import Resource

if TYPE_CHECKING:
    from trimtab.local.awsprovider.context import Context
    from trimtab.local.awsprovider.values import Props


def _account(ctx: Context, props: Props) -> str:
    return str(props.get("accountId") or ctx.account)


def _budget(inputs: Props) -> dict[str, Any]:
    found: dict[str, Any] = {
        "BudgetName": inputs["name"],
        "BudgetType": inputs["budgetType"],
        "TimeUnit": inputs["timeUnit"],
    }
    if inputs.get("limitAmount"):
        found["BudgetLimit"] = {"Amount": inputs["limitAmount"], "Unit": inputs.get("limitUnit") or "USD"}
    if inputs.get("costFilters"):
        found["CostFilters"] = {each["name"]: each["values"] for each in inputs["costFilters"]}
    return found


def _notifications(inputs: Props) -> list[dict[str, Any]]:
    found = []
    for each in inputs.get("notifications") or []:
        people = [("EMAIL", address) for address in each.get("subscriberEmailAddresses") or []]
        people += [("SNS", arn) for arn in each.get("subscriberSnsTopicArns") or []]
        found.append(
            {
                "Notification": {
                    "NotificationType": each["notificationType"],
                    "ComparisonOperator": each["comparisonOperator"],
                    "Threshold": float(each["threshold"]),
                    "ThresholdType": each["thresholdType"],
                },
                "Subscribers": [{"SubscriptionType": kind, "Address": where} for kind, where in people],
            }
        )
    return found


def _create(ctx: Context, inputs: Props) -> str:
    account = _account(ctx, inputs)
    ctx.client("budgets").create_budget(
        AccountId=account,
        Budget=_budget(inputs),
        NotificationsWithSubscribers=_notifications(inputs),
    )
    return f"{account}:{inputs['name']}"


def _read(ctx: Context, budget_id: str, _state: Props) -> Props | None:
    account, _, name = budget_id.partition(":")
    found = ctx.client("budgets").describe_budget(AccountId=account, BudgetName=name)["Budget"]
    props = from_aws(
        {key: found[key] for key in ("BudgetType", "TimeUnit") if key in found},
        ctx.type.outputs,
        ctx.type.objects,
        {},
    )
    limit = found.get("BudgetLimit") or {}
    props |= {"accountId": account, "name": name}
    props["arn"] = f"arn:{ctx.partition}:budgets::{account}:budget/{name}"
    if limit:
        props |= {"limitAmount": _amount(limit["Amount"]), "limitUnit": limit["Unit"]}
    return props


def _amount(text: str) -> str:
    """Amounts come back with a fraction that nobody wrote: 100.0."""
    return text.removesuffix(".0")


def _update(ctx: Context, budget_id: str, state: Props, inputs: Props, changed: frozenset[str]) -> None:
    account = budget_id.partition(":")[0]
    client = ctx.client("budgets")
    client.update_budget(AccountId=account, NewBudget=_budget(inputs))
    if "notifications" in changed:
        for each in _notifications(state):
            client.delete_notification(AccountId=account, BudgetName=inputs["name"], Notification=each["Notification"])
        for each in _notifications(inputs):
            client.create_notification(AccountId=account, BudgetName=inputs["name"], **each)


def _delete(ctx: Context, budget_id: str, _state: Props) -> None:
    account, _, name = budget_id.partition(":")
    ctx.client("budgets").delete_budget(AccountId=account, BudgetName=name)


BUDGETS: dict[str, Resource] = {
    "aws:budgets/budget:Budget": Resource(
        create=_create,
        read=_read,
        update=_update,
        delete=_delete,
        replace=frozenset({"accountId"}),
    ),
}
