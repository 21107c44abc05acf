from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import get_args

import pytest

from trimtab.cost.model import Price, Resource, Saving, Subject, Unpriced
from trimtab.cost.model.reduced import Group
from trimtab.cost.prices.port import Service
from trimtab.cost.prices.savings import saving_of
from trimtab.cost.prices.snapshot import Snapshot

DATA = json.loads(files("trimtab.cost.prices").joinpath("snapshot.json").read_text(encoding="utf-8"))


def test_it_says_its_date_currency_and_source() -> None:
    assert date.fromisoformat(DATA["as_of"]) <= date(2026, 11, 24)
    assert DATA["currency"] == "USD"
    assert DATA["source"]
    assert set(DATA["hourly"]) == set(get_args(Service))


def test_every_price_is_a_positive_decimal_and_grows_with_the_size() -> None:
    for regions in DATA["hourly"].values():
        for types in regions.values():
            assert all(Decimal(price) > 0 for price in types.values())
            assert Decimal(types[next(iter(types))]) < Decimal(max(types.values(), key=Decimal))


def test_a_known_type_is_priced() -> None:
    found = Snapshot().price("ec2", "g5.xlarge", "us-east-1")
    assert isinstance(found, Price)
    assert found.hourly == Decimal("1.006")


@pytest.mark.parametrize(
    ("instance_type", "region", "word"),
    [
        ("", "us-east-1", "instance_type is not known"),
        ("g5.xlarge", "", "region is not known"),
        ("x9.mega", "us-east-1", "x9.mega"),
        ("g5.xlarge", "mars-north-1", "mars-north-1"),
    ],
)
def test_what_is_not_known_is_unpriced_with_the_reason(instance_type: str, region: str, word: str) -> None:
    found = Snapshot().price("ec2", instance_type, region)
    assert isinstance(found, Unpriced)
    assert word in found.reason


def group(*resources: Resource) -> Group:
    return Group(Subject(fleet="llm"), resources)


def member(instance_type: str, count: int = 1) -> Resource:
    return Resource(
        resource_id=f"{instance_type}-{count}",
        kind="gpu-replica",
        instance_type=instance_type,
        region="us-east-1",
        count=count,
    )


def test_savings_are_money_of_all_members_to_the_cent() -> None:
    saved = saving_of(Snapshot())(group(member("g5.xlarge", 3), member("g5.2xlarge")), 0.25, 0.1, 0.5)
    assert isinstance(saved, Saving)
    before = (Decimal("1.006") * 3 + Decimal("1.212")) * 730
    assert saved.monthly_before == before.quantize(Decimal("0.01"))
    assert saved.monthly == (before / 4).quantize(Decimal("0.01"))
    assert saved.monthly_low < saved.monthly < saved.monthly_high


def test_one_unpriced_member_makes_the_saving_unpriced() -> None:
    assert isinstance(saving_of(Snapshot())(group(member("g5.xlarge"), member("x9.mega")), 0.5, 0, 1), Unpriced)
