"""From a bill by the hour to commitments, each figure by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.cost.commitments.build import CACHE, ENDPOINT, HOURS, ML, Known, export, row, rows
from tests.cost.reports.sample import abstained, recommendation, resource
from tests.cost.spend.build import focus_csv
from trimtab.cost.commitments import (
    PLANS,
    Commitment,
    CommitmentsDocument,
    NotAdvised,
    Offer,
    UnpricedUsage,
    commitments,
    share_kept,
)
from trimtab.cost.model import Saving
from trimtab.cost.spend.hours import on_demand
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.model import Advice

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CODES = {code: parts for plan in PLANS for code, parts in plan.codes.items()}


def made(
    folder: Path,
    given: list[dict[str, Any]] | None = None,
    *,
    advice: tuple[Advice, ...] = (),
    rates: Known | None = None,
) -> CommitmentsDocument:
    hours = on_demand(export(folder / "bill.parquet", given), CODES, share_kept(advice))
    return commitments(hours, rates or Known(), Offer(1, "no-upfront"), NOW)


def of_plan(document: CommitmentsDocument, name: str) -> Commitment:
    (found,) = (one for one in document.lines if one.plan.startswith(name))
    assert isinstance(found, Commitment)
    return found


def test_the_floor_is_committed_to_and_the_office_hours_stay_on_demand(tmp_path: Path) -> None:
    plan = of_plan(made(tmp_path), "SageMaker")
    # 0.9 of 1.5 is 60 %; ten instances run in 50 of 168 hours, so only the four are worth it.
    assert plan.level == 4 * Decimal("0.9")
    assert plan.monthly == Decimal(4) * Decimal("0.6") * 730
    assert plan.monthly_low == plan.monthly_high == plan.monthly
    assert plan.utilisation == 1
    assert plan.break_even == pytest.approx(0.6)
    assert (plan.upfront, plan.payback_months) == (Decimal(0), 0.0)
    mean = (Decimal(4) * 118 + Decimal(10) * 50) / 168
    assert plan.on_demand == (mean * Decimal("1.5") * 730).quantize(Decimal("0.01"))


def test_what_a_commitment_covers_already_and_spot_are_no_reason_for_another(tmp_path: Path) -> None:
    rates = Known()
    document = made(tmp_path, rates=rates)
    assert {one.plan for one in document.lines} == {"SageMaker Savings Plan", "ElastiCache reserved nodes"}
    assert rates.asked == [f"SageMaker Savings Plan, 1 years: {ML}", f"ElastiCache reserved nodes, 1 years: {CACHE}"]


def test_reserved_nodes_are_whole(tmp_path: Path) -> None:
    nodes = of_plan(made(tmp_path), "ElastiCache")
    assert (nodes.level, nodes.unit, nodes.scope) == (Decimal(3), "nodes", CACHE)
    assert nodes.monthly == 3 * Decimal("0.10") * 730


def test_what_advice_would_remove_is_not_committed_to(tmp_path: Path) -> None:
    scorer = resource("scorer")
    document = made(tmp_path, advice=(recommendation(scorer, 2),))  # half of what is paid for
    plan = of_plan(document, "SageMaker")
    assert plan.level == 2 * Decimal("0.9")
    mean = (Decimal(4) * 118 + Decimal(10) * 50) / 168
    assert document.left_out == (mean / 2 * Decimal("1.5") * 730).quantize(Decimal("0.01"))
    one = recommendation(scorer, 2)
    assert isinstance(one.savings, Saving)
    nothing = one.model_copy(update={"savings": one.savings.model_copy(update={"monthly_after": Decimal(0)})})
    gone = made(tmp_path, advice=(nothing,))
    assert [one.status for one in gone.lines if one.plan.startswith("SageMaker")] == ["none"]


def test_advice_that_says_nothing_or_more_leaves_the_usage(tmp_path: Path) -> None:
    scorer = resource("scorer")
    for advice in (abstained(scorer), recommendation(scorer, 8)):
        assert of_plan(made(tmp_path, advice=(advice,)), "SageMaker").level == 4 * Decimal("0.9")


def test_a_range_is_of_whole_weeks(tmp_path: Path) -> None:
    # In the first of three weeks half as much ran.
    given = [
        {**one, "line_item_usage_amount": one["line_item_usage_amount"] / 2,
         "line_item_unblended_cost": one["line_item_unblended_cost"] / 2}
        if at // 4 < 168 else one
        for at, one in enumerate(rows())
    ]  # fmt: skip
    plan = of_plan(made(tmp_path, given), "SageMaker")
    assert plan.level == 4 * Decimal("0.9")
    assert plan.monthly_high == Decimal(4) * Decimal("0.6") * 730
    assert plan.monthly_low < plan.monthly < plan.monthly_high
    assert plan.utilisation < 1


def test_a_rate_that_is_not_known_leaves_the_usage_unpriced(tmp_path: Path) -> None:
    document = made(tmp_path, rates=Known({CACHE: "0.15"}))
    (unpriced,) = (one for one in document.lines if isinstance(one, UnpricedUsage))
    assert (unpriced.scope, unpriced.reason) == (ML, "AWS lists no rate")
    assert unpriced.on_demand > 0
    assert not any(isinstance(one, Commitment) and one.plan.startswith("SageMaker") for one in document.lines)


def test_an_upfront_payment_comes_back_when_what_it_replaces_has_cost_as_much(tmp_path: Path) -> None:
    nodes = of_plan(made(tmp_path, rates=Known(upfront="1")), "ElastiCache")
    assert nodes.upfront == 3 * Decimal("0.15") * 8760
    assert nodes.payback_months == pytest.approx(0.15 * 8760 / (0.25 * 730))
    half = of_plan(made(tmp_path, rates=Known(upfront="0.5")), "ElastiCache")
    assert half.payback_months == pytest.approx(0.075 * 8760 / ((0.25 - 0.075) * 730))


def test_less_than_two_weeks_says_too_little(tmp_path: Path) -> None:
    document = made(tmp_path, rows(335))
    assert [type(one) for one in document.lines] == [NotAdvised, NotAdvised]
    assert "335 hours are known" in document.lines[0].model_dump()["reason"]


def test_no_discount_no_commitment(tmp_path: Path) -> None:
    document = made(tmp_path, rates=Known({ML: "1.5", CACHE: "0.3"}))
    assert [type(one) for one in document.lines] == [NotAdvised, NotAdvised]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([row(24 * day, ENDPOINT, "AmazonSageMaker", ML, 24.0, 36.0) for day in range(21)], "rows are of whole days"),
        ([{**one, "line_item_currency_code": "EUR"} for one in rows(48)], "is in EUR"),
        ([{k: v for k, v in one.items() if k != "line_item_resource_id"} for one in rows(48)], "line_item_resource_id"),
        ([row(0, "b", "AmazonS3", "EUW1-Requests", 1.0, 1.0)], "has no usage on demand"),
    ],
)
def test_a_bill_that_does_not_tell_is_refused(tmp_path: Path, given: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(UserError, match=said):
        made(tmp_path, given)


def test_the_document_reads_back(tmp_path: Path) -> None:
    document = made(tmp_path)
    (tmp_path / "c.json").write_text(document.dumps())
    assert CommitmentsDocument.read(tmp_path / "c.json") == document
    assert (document.until - document.since).total_seconds() == HOURS * 3600


def test_focus_tells_the_same_by_its_own_names_and_broken_tags_are_refused(tmp_path: Path) -> None:
    given = [
        {
            "ChargePeriodStart": f"{one['line_item_usage_start_date']:%Y-%m-%dT%H:%M:%SZ}",
            "ChargeCategory": "Usage", "BillingCurrency": "USD", "ServiceName": "a service", "BilledCost": "0",
            "EffectiveCost": "0", "ListCost": str(one["line_item_unblended_cost"]), "Tags": "{}",
            "ResourceId": one["line_item_resource_id"], "x_ServiceCode": one["line_item_product_code"],
            "x_UsageType": one["line_item_usage_type"], "x_Operation": one["line_item_operation"],
            "PricingQuantity": str(one["line_item_usage_amount"]),
            "CommitmentDiscountId": "" if one["line_item_line_item_type"] == "Usage" else "sp-1",
        }
        for one in rows()
    ]  # fmt: skip
    hours = on_demand(focus_csv(tmp_path / "focus.csv", given), CODES, share_kept(()))
    told = commitments(hours, Known(), Offer(1, "no-upfront"), NOW)
    assert told.lines == made(tmp_path).lines
    given[0]["Tags"] = "team=search"
    with pytest.raises(UserError, match="tags 'team=search'"):
        on_demand(focus_csv(tmp_path / "focus.csv", given), CODES, share_kept(()))
