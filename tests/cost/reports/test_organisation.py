"""Several stacks in one report: what fails is named, what was read is told apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.cost.reports.sample import NOW, inputs
from trimtab.cost.reports import to_html, to_markdown
from trimtab.cost.reports.build import build
from trimtab.cost.reports.organisation import Failed, Member, Organisation, gather, rollup
from trimtab.spec.errors import SpecError, UserError, WorldError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.reports import Inputs

FILE = """\
name: acme
members:
  - {name: fraud, stack: prod, account: "123456789012", role: "arn:aws:iam::123456789012:role/reader"}
  - {name: search, stack: prod, account: "210987654321"}
  - {name: ads, stack: prod, account: "345678901234"}
"""


def organisation(folder: Path, text: str = FILE) -> Organisation:
    path = folder / "organisation.yaml"
    path.write_text(text, encoding="utf-8")
    return Organisation.read(path)


def read(member: Member) -> Inputs:
    if member.name == "ads":
        raise WorldError("the role cannot be assumed", remedy="mend its trust policy.")
    return inputs()


def test_a_member_that_fails_is_named_and_the_others_are_reported(tmp_path: Path) -> None:
    acme = organisation(tmp_path)
    outcomes = gather(acme.members, read)
    assert [type(one) is Failed for one in outcomes] == [False, False, True]
    report = rollup(acme, outcomes, inputs().week, NOW)
    assert [(one.name, one.status) for one in report.members] == [
        ("fraud", "read"), ("search", "read"), ("ads", "failed")
    ]  # fmt: skip
    alone = build(inputs())
    assert alone.headline.monthly is not None
    assert report.headline.monthly == 2 * alone.headline.monthly
    assert report.headline.subjects == 2 * alone.headline.subjects
    for text in (to_markdown(report), to_html(report)):
        assert "fraud/chat-llm" in text
        assert "search/chat-llm" in text
        assert "the role cannot be assumed" in text


def test_where_none_can_be_read_each_reason_is_told(tmp_path: Path) -> None:
    only = FILE.partition("  - {name: search")[0].replace("name: fraud", "name: ads")
    acme = organisation(tmp_path, only)
    with pytest.raises(WorldError, match="no member of acme could be read: ads: the role cannot be assumed"):
        rollup(acme, gather(acme.members, read), inputs().week, NOW)


def test_budgets_add_up_only_where_every_member_has_one(tmp_path: Path) -> None:
    acme = organisation(tmp_path, FILE.rsplit("  -", maxsplit=1)[0])
    week = inputs().week

    def budgets(*amounts: Decimal | None) -> Decimal | None:
        given = dict(zip(("fraud", "search"), amounts, strict=True))
        outcomes = gather(acme.members, lambda member: replace(inputs(), budget=given[member.name]))
        return rollup(acme, outcomes, week, NOW).headline.budget

    assert budgets(Decimal(1000), Decimal(500)) == Decimal(1500)
    assert budgets(Decimal(1000), None) is None


def test_a_budget_in_another_currency_is_no_summand(tmp_path: Path) -> None:
    acme = organisation(tmp_path)
    (first, *_) = gather(acme.members[:1], lambda _: replace(inputs(), currency="EUR"))
    assert isinstance(first, Failed)
    assert "its budget is in EUR, the report in USD" in first.reason


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('account: "123456789012"', 'account: "999999999999"', "both must be the same"),
        ("name: search", "name: fraud", "two members are called fraud"),
        ("stack: prod", "stok: prod", "stok"),
        ('"210987654321"', '"2109"', "members[1].account"),
    ],
)
def test_a_broken_file_is_told_with_its_path(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(SpecError) as refused:
        organisation(tmp_path, FILE.replace(old, new, 1))
    assert says in str(refused.value)


def test_what_is_no_yaml_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        organisation(tmp_path, "a: [")
