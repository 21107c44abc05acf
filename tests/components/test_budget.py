"""The budget through the real engine: how much, over what, and who is told when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.components.single import single, untagged

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import Workspace

pytestmark = pytest.mark.engine


def test_limit_filter_and_notices(make_workspace: Callable[..., Workspace]) -> None:
    made = single(make_workspace, "budget:Budget", "units:Money", {"amount": "1234.50"}, name="budget")
    made.is_stable()
    assert untagged(made.result) == []
    assert made.findings() == []
    budget = made.only("aws:budgets/budget:Budget").inputs
    assert (budget["limitAmount"], budget["limitUnit"], budget["timeUnit"]) == ("1234.50", "USD", "MONTHLY")
    tags = {item["tags"]["key"]: item["tags"]["values"] for item in budget["filterExpression"]["ands"]}
    assert tags == {"Platform": ["acme"], "Environment": ["dev"]}
    notices = [(item["threshold"], item["notificationType"]) for item in budget["notifications"]]
    assert notices == [(80, "ACTUAL"), (100, "ACTUAL"), (100, "FORECASTED")]
    assert {address for item in budget["notifications"] for address in item["subscriberEmailAddresses"]} == {
        "ml@acme.example"
    }
    made.leaves_nothing()


def test_topics_are_told_too(make_workspace: Callable[..., Workspace]) -> None:
    topic = "arn:aws:sns:eu-central-1:123456789012:platform"
    spec = {"amount": "10", "currency": "EUR"}
    made = single(make_workspace, "budget:Budget", "units:Money", spec, name="budget", inputs={"topic_arns": [topic]})
    made.is_stable()
    budget = made.only("aws:budgets/budget:Budget").inputs
    assert budget["limitUnit"] == "EUR"
    assert all(item["subscriberSnsTopicArns"] == [topic] for item in budget["notifications"])
    made.leaves_nothing()
