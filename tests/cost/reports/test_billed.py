"""The bill beside what was computed: the parts of each difference add up to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.cost.reports.sample import inputs
from tests.cost.reports.test_forms import Page
from tests.cost.spend.build import cur_parquet, cur_row
from trimtab.cli.cost.spend_source import bill_of
from trimtab.cost.reports import build, to_html, to_json, to_markdown
from trimtab.cost.reports.build import Bill
from trimtab.cost.reports.build.billed import REST
from trimtab.cost.spend import Charge, ChargeKind, Charges, Owners
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.reports import Report
    from trimtab.cost.reports.model import Billed

ARN = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/"
SINCE = datetime(2026, 11, 23, tzinfo=UTC)
"""The Monday of the sample's week; the bill covers one day of it."""


def charge(resource: str, amount: str, kind: ChargeKind = ChargeKind.USAGE, **more: str) -> Charge:
    tags = {"team": more["team"]} if "team" in more else {}
    service = more.get("service", "AmazonSageMaker")
    return Charge(resource, service, kind, more.get("currency", "USD"), Decimal(amount), tags)


CHARGES = (
    charge(f"{ARN}fraud-scorer", "130"),
    charge(f"{ARN}fraud-scorer", "-5", ChargeKind.CREDIT),
    charge(f"{ARN}fraud-scorer", "2", service="AmazonS3"),
    charge(f"{ARN}old-endpoint", "9"),
    charge("i-9", "4", team="search"),
    charge("i-8", "3"),
    charge("", "7", ChargeKind.TAX),
    charge("", "1", ChargeKind.TAX, currency="EUR"),
)


def report(charges: tuple[Charge, ...] = CHARGES) -> Report:
    given = inputs()
    members = [member for one in given.advice.advice for member in one.utilisation.members]
    found = Charges(charges, "CUR 2.0 export bill.parquet", "billed", SINCE, SINCE + timedelta(days=1), ("a note",))
    return build(replace(given, bill=Bill(found, Owners.of(members))))


def billed_of(made: Report) -> Billed:
    assert made.billed is not None
    return made.billed


def test_every_difference_is_the_sum_of_its_named_parts() -> None:
    made = billed_of(report())
    for one in made.groups:
        assert sum(part.amount for part in one.parts) == one.billed - one.computed
    fraud = next(one for one in made.groups if one.name == "fraud-scorer")
    # Four instances ran all day.
    assert fraud.computed == Decimal("1.408") * 4 * 24
    assert {part.name: part.amount for part in fraud.parts} == {
        REST: Decimal(130) - fraud.computed, "credit": Decimal(-5), "AmazonS3, not computed": Decimal(2),
    }  # fmt: skip


def test_the_whole_bill_is_somewhere() -> None:
    made = billed_of(report())
    told = made.billed + made.elsewhere + sum(one.amount for one in made.nobody)
    assert told == sum(one.amount for one in CHARGES if one.currency == "USD")
    assert [(one.name, one.amount) for one in made.other_currencies] == [("EUR", Decimal(1))]
    assert {one.name: one.amount for one in made.nobody} == {"tax, no resource": 7, "usage, unknown resources": 3}


def test_what_is_computed_and_not_billed_and_the_other_way_round_are_both_named() -> None:
    groups = {one.name: one for one in billed_of(report()).groups}
    assert groups["nightly-pool"].billed == 0
    assert groups["nightly-pool"].computed > 0
    old = groups["old-endpoint"]
    assert (old.computed, old.billed, old.unpriced) == (Decimal(0), Decimal(9), 1)


@pytest.mark.parametrize("write", [to_html, to_markdown, to_json], ids=["html", "markdown", "json"])
def test_every_form_shows_it(write: object) -> None:
    assert callable(write)
    shown = write(report())
    assert "bill.parquet" in shown
    assert "AmazonS3, not computed" in shown
    assert "a note" in shown


def test_its_page_is_whole() -> None:
    page = Page(to_html(report()))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert {"billed", *page.references} <= set(page.ids)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)


def test_without_a_bill_nothing_is_said_of_one() -> None:
    assert build(inputs()).billed is None
    assert "beside what was computed" not in to_markdown(build(inputs()))


def test_the_option_reads_an_export_and_joins_it_to_the_advice_s_resources(tmp_path: Path) -> None:
    given = inputs()
    export = cur_parquet(tmp_path / "bill.parquet", [cur_row(1, f"{ARN}fraud-scorer", "Usage", 130.0)])
    found = bill_of(str(export), given.advice, None, (given.week.since, given.week.until))
    made = billed_of(build(replace(given, bill=found)))
    assert {one.name: one.billed for one in made.groups if one.billed} == {"fraud-scorer": 130}
    with pytest.raises(UserError, match="has no row from"):
        bill_of(str(export), given.advice, None, (given.week.until, given.week.until + timedelta(days=7)))
