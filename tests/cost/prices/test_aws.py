"""The Price List API's answers, as AWS documents them, and the cache."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import NoCredentialsError

from trimtab.cost.model import Price, Unpriced
from trimtab.cost.prices.aws import AwsPriceList
from trimtab.cost.prices.fallback import FirstKnown
from trimtab.cost.prices.snapshot import Snapshot
from trimtab.cost.prices.take_snapshot import taken
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path


def product(*dollars: str, unit: str = "Hrs") -> str:
    """A product of the price list in the form of the API's reference."""
    dimensions = {f"R{n}": {"unit": unit, "pricePerUnit": {"USD": price}} for n, price in enumerate(dollars)}
    return json.dumps(
        {
            "product": {"productFamily": "Compute Instance"},
            "terms": {"OnDemand": {"SKU.TERM": {"priceDimensions": dimensions}}},
        }
    )


@dataclass
class Recorded:
    products: list[str]
    requests: list[dict[str, Any]] = field(default_factory=list)

    def get_products(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        return {"PriceList": self.products}


class Unreachable:
    def __init__(self) -> None:
        self.asked = 0

    def get_products(self, **_request: Any) -> dict[str, Any]:
        self.asked += 1
        raise NoCredentialsError


def test_a_price_is_read_to_the_last_digit(tmp_path: Path) -> None:
    found = AwsPriceList(Recorded([product("2.2420800000")]), tmp_path).price("ec2", "g6e.2xlarge", "us-east-1")
    assert isinstance(found, Price)
    assert found.hourly == Decimal("2.24208")
    assert found.monthly == Decimal("2.24208") * 730


def test_the_filters_name_one_product(tmp_path: Path) -> None:
    client = Recorded([product("1.006")])
    book = AwsPriceList(client, tmp_path)
    book.price("ec2", "g5.xlarge", "eu-west-1")
    book.price("sagemaker", "ml.g5.xlarge", "eu-west-1")
    ec2, sagemaker = ({one["Field"]: one["Value"] for one in request["Filters"]} for request in client.requests)
    assert ec2["instanceType"] == "g5.xlarge"
    assert (ec2["operatingSystem"], ec2["tenancy"], ec2["capacitystatus"]) == ("Linux", "Shared", "Used")
    assert (sagemaker["instanceName"], sagemaker["component"]) == ("ml.g5.xlarge", "Hosting")
    assert [request["ServiceCode"] for request in client.requests] == ["AmazonEC2", "AmazonSageMaker"]


def test_a_known_price_is_not_asked_for_again_until_a_week_has_passed(tmp_path: Path) -> None:
    client = Recorded([product("1.006")])
    book = AwsPriceList(client, tmp_path)
    assert book.price("ec2", "g5.xlarge", "us-east-1") == book.price("ec2", "g5.xlarge", "us-east-1")
    assert len(client.requests) == 1
    (kept,) = tmp_path.iterdir()
    old = kept.stat().st_mtime - 8 * 86_400
    os.utime(kept, (old, old))
    book.price("ec2", "g5.xlarge", "us-east-1")
    assert len(client.requests) == 2


def test_a_broken_cache_file_costs_a_question_and_nothing_else(tmp_path: Path) -> None:
    client = Recorded([product("1.006")])
    (tmp_path / "ec2-us-east-1-g5.xlarge.json").write_text("{half")
    assert isinstance(AwsPriceList(client, tmp_path).price("ec2", "g5.xlarge", "us-east-1"), Price)
    assert len(client.requests) == 1


@pytest.mark.parametrize(
    ("products", "words"),
    [
        ([], "has no g5.xlarge in us-east-1"),
        ([product("1.006"), product("2.5")], "has 2 prices"),
        ([product("0.0000000000")], "has no g5.xlarge"),
        ([product("1.006", unit="Quantity")], "has no g5.xlarge"),
    ],
)
def test_what_has_no_single_price_is_unpriced_and_never_zero(tmp_path: Path, products: list[str], words: str) -> None:
    found = AwsPriceList(Recorded(products), tmp_path).price("ec2", "g5.xlarge", "us-east-1")
    assert isinstance(found, Unpriced)
    assert words in found.reason
    assert list(tmp_path.iterdir()) == []


def test_an_api_that_cannot_be_reached_is_not_a_missing_price(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="Price List"):
        AwsPriceList(Unreachable(), tmp_path).price("ec2", "g5.xlarge", "us-east-1")


def test_the_snapshot_stands_in_for_a_list_that_cannot_be_reached(tmp_path: Path) -> None:
    client = Unreachable()
    book = FirstKnown(AwsPriceList(client, tmp_path), Snapshot())
    for instance_type in ("g5.xlarge", "m5.large"):
        found = book.price("ec2", instance_type, "us-east-1")
        assert isinstance(found, Price)
        assert "snapshot" in found.source
    assert client.asked == 1


def test_a_new_snapshot_drops_and_names_what_the_list_does_not_know(tmp_path: Path) -> None:
    old = {"as_of": "2020-01-01", "hourly": {"ec2": {"us-east-1": {"g5.xlarge": "9"}}}}
    new, dropped = taken(old, AwsPriceList(Recorded([product("1.0060000")]), tmp_path), "2026-11-24")
    assert new["hourly"] == {"ec2": {"us-east-1": {"g5.xlarge": "1.006"}}}
    assert new["as_of"] == "2026-11-24"
    assert dropped == []
    _, dropped = taken(old, AwsPriceList(Recorded([]), tmp_path / "other"), "2026-11-24")
    assert len(dropped) == 1
