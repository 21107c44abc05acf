"""EC2's spot history: a mean over time and zones by hand, moto's answer, and pools that run in part on spot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import NoCredentialsError

from trimtab.cost.model import Price, Resource, Unpriced
from trimtab.cost.prices.aws import AwsPriceList
from trimtab.cost.prices.cache import cache_folder
from trimtab.cost.prices.fallback import FirstKnown
from trimtab.cost.prices.snapshot import Snapshot
from trimtab.cost.prices.spot import SpotHistory
from trimtab.cost.prices.unit import unit_price
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.prices.port import Service

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def change(days_ago: float, price: str, zone: str = "us-east-1a", product: str = "Linux/UNIX") -> dict[str, Any]:
    at = NOW - timedelta(days=days_ago)
    return {"AvailabilityZone": zone, "SpotPrice": price, "Timestamp": at, "ProductDescription": product}


@dataclass
class Recorded:
    """One change a page, the newest first, as EC2 answers."""

    changes: list[dict[str, Any]]
    requests: list[dict[str, Any]] = field(default_factory=list)

    def describe_spot_price_history(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        place = int(request.get("NextToken") or 0)
        more = str(place + 1) if place + 1 < len(self.changes) else ""
        return {"SpotPriceHistory": self.changes[place : place + 1], "NextToken": more}


def history(client: Any, folder: Path) -> SpotHistory:
    return SpotHistory(lambda _region: client, folder, NOW)


def test_a_price_counts_as_long_as_it_was_in_force(tmp_path: Path) -> None:
    client = Recorded([
        change(1, "0.8"),  # one day of seven
        change(30, "0.1"),  # in force when the week began: six
        change(3, "0.5", "us-east-1b"),  # all that is known of that zone
        change(2, "9", product="Windows"),
    ])  # fmt: skip
    found = history(client, tmp_path).spot("g5.xlarge", "us-east-1")
    assert isinstance(found, Price)
    first = (6 * Decimal("0.1") + Decimal("0.8")) / 7
    assert found.hourly == ((first + Decimal("0.5")) / 2).quantize(Decimal("0.000001"))
    assert "2 zones" in found.source
    assert client.requests[0]["StartTime"] == NOW - timedelta(days=7)
    assert client.requests[0]["InstanceTypes"] == ["g5.xlarge"]
    asked = len(client.requests)
    assert history(client, tmp_path).spot("g5.xlarge", "us-east-1") == found
    assert len(client.requests) == asked == 4


@pytest.mark.parametrize("changes", [[], [change(5000, "0.00001")]])
def test_no_price_of_its_own_time_is_unpriced(tmp_path: Path, changes: list[dict[str, Any]]) -> None:
    found = history(Recorded(changes), tmp_path).spot("g5.xlarge", "us-east-1")
    assert isinstance(found, Unpriced)
    assert "no spot price of g5.xlarge in us-east-1" in found.reason
    assert list(tmp_path.iterdir()) == []


def test_the_local_cloud_has_a_market(moto: dict[str, str], tmp_path: Path) -> None:
    ec2: Any = boto3.client(
        "ec2", region_name="us-east-1", endpoint_url=moto["AWS_ENDPOINT_URL"], aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )  # fmt: skip
    found = SpotHistory(lambda _: ec2, tmp_path, datetime.now(tz=UTC)).spot("m5.large", "us-east-1")
    assert isinstance(found, Price)
    assert Decimal("0.036") <= found.hourly <= Decimal("0.044")


def test_made_up_prices_are_kept_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRIMTAB_HOME", str(tmp_path))
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    assert cache_folder() == tmp_path / "prices"
    folders = set()
    for address in ("http://127.0.0.1:5000", "http://127.0.0.1:5001"):
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        folders.add(cache_folder())
    assert {one.parent for one in folders} == {tmp_path / "prices"}
    assert len(folders) == 2


class Refusing:
    def __init__(self) -> None:
        self.asked = 0

    def describe_spot_price_history(self, **_request: Any) -> dict[str, Any]:
        self.asked += 1
        raise NoCredentialsError

    def get_products(self, **_request: Any) -> dict[str, Any]:
        raise NoCredentialsError


def test_what_cannot_be_reached_is_asked_once_and_nothing_stands_in(tmp_path: Path) -> None:
    client = Refusing()
    with pytest.raises(WorldError, match="ec2:DescribeSpotPriceHistory"):
        history(client, tmp_path).spot("g5.xlarge", "us-east-1")
    book = FirstKnown(AwsPriceList(client, tmp_path, history(client, tmp_path)), Snapshot())
    for _again in range(2):
        found = book.spot("g5.xlarge", "us-east-1")
        assert isinstance(found, Unpriced)
        assert "bundled" in found.reason
    assert client.asked == 2
    assert isinstance(book.price("ec2", "g5.xlarge", "us-east-1"), Price)


@dataclass(frozen=True)
class Book:
    """One price on demand, and one on spot or none."""

    on_spot: str = ""

    def price(self, service: Service, instance_type: str, region: str) -> Price | Unpriced:  # noqa: ARG002  # the port's
        return Price(hourly=Decimal("1.00"), source="list", as_of=date(2026, 11, 1))

    def spot(self, instance_type: str, region: str) -> Price | Unpriced:
        if not self.on_spot:
            return Unpriced(reason=f"no spot price of {instance_type} in {region}")
        return Price(hourly=Decimal(self.on_spot), source="history", as_of=date(2026, 11, 24))


def pool(percent: int, base: int = 0, running: float | None = None) -> Resource:
    return Resource(
        resource_id="pool", kind="gpu-training-pool", instance_type="g5.xlarge", region="us-east-1", count=4,
        spot_percent=percent, on_demand_base=base, running=running,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "hourly"),
    [
        (pool(0), "1.00"),
        (pool(100), "0.30"),
        (pool(50), "0.65"),
        (pool(100, base=1), "0.475"),  # one of four on demand
        (pool(100, base=1, running=2), "0.65"),
        (pool(100, base=2, running=1), "1.00"),
        (pool(100, running=0), "0.30"),
    ],
)
def test_a_unit_costs_its_share_of_both(one: Resource, hourly: str) -> None:
    found = unit_price(Book("0.30"), one)
    assert isinstance(found, Price)
    assert found.hourly == Decimal(hourly)
    assert ("spot" in found.source or found.source == "history") is (Decimal(hourly) != 1)


def test_without_a_spot_price_the_one_on_demand_does_not_stand_in() -> None:
    found = unit_price(Book(), pool(50))
    assert isinstance(found, Unpriced)
    assert found.reason == "50% of it runs on spot: no spot price of g5.xlarge in us-east-1"
    assert isinstance(unit_price(Book(), pool(0)), Price)
