"""AWS's answers, in the form of the API's reference; the cache; the command that finds its rates there."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import NoCredentialsError

from tests.cost.commitments.build import CACHE, ML, export
from tests.support.cloud import trimtab
from trimtab.cost.commitments import PLANS, Offer
from trimtab.cost.commitments.aws_rates import AwsRates
from trimtab.cost.commitments.model import Rate
from trimtab.cost.model import AdviceDocument, Unpriced
from trimtab.cost.spend.hours import Metered
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

COMPUTE, SAGEMAKER, ELASTICACHE, _ = PLANS
YEAR = 31_536_000
HOST = Metered("AmazonSageMaker", ML, "RunInstance")
NODE = Metered("AmazonElastiCache", CACHE, "CreateCacheCluster:0002")


def result(rate: str, seconds: int = YEAR) -> dict[str, Any]:
    offering = {"offeringId": "o", "paymentOption": "No Upfront", "durationSeconds": seconds, "currency": "USD"}
    return {"savingsPlanOffering": offering, "rate": rate, "unit": "Hrs", "usageType": ML, "operation": "RunInstance"}


def reserved(hourly: str, fee: str, length: str = "1yr", option: str = "Partial Upfront") -> dict[str, Any]:
    dimensions = {
        "a": {"unit": "Hrs", "pricePerUnit": {"USD": hourly}},
        "b": {"unit": "Quantity", "pricePerUnit": {"USD": fee}},
    }
    attributes = {"LeaseContractLength": length, "PurchaseOption": option, "OfferingClass": "standard"}
    return {"termAttributes": attributes, "priceDimensions": dimensions}


@dataclass
class Recorded:
    """Both clients: rates on two pages, one product of the price list."""

    results: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)

    def describe_savings_plans_offering_rates(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        if "nextToken" in request:
            return {"searchResults": self.results[1:]}
        return {"searchResults": self.results[:1], "nextToken": "more"}

    def get_products(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        product = {"product": {}, "terms": {"Reserved": {str(n): term for n, term in enumerate(self.terms)}}}
        return {"PriceList": [json.dumps(product)]}


def rates(client: Recorded, folder: Path) -> AwsRates:
    return AwsRates(client, client, folder)


def test_a_savings_plan_s_rate_is_that_of_the_asked_term(tmp_path: Path) -> None:
    client = Recorded([result("0.9"), result("0.7", 3 * YEAR)])
    found = rates(client, tmp_path).rate(SAGEMAKER, Offer(1, "partial-upfront"), HOST)
    assert isinstance(found, Rate)
    assert (found.unit, found.upfront_share) == (Decimal("0.9"), Decimal("0.5"))
    first, second = client.requests
    assert first["usageTypes"] == [ML]
    assert first["savingsPlanPaymentOptions"] == ["Partial Upfront"]
    assert second == {**first, "nextToken": "more"}


def test_a_reserved_term_s_fee_is_spread_over_its_hours(tmp_path: Path) -> None:
    client = Recorded(terms=[reserved("0.08", "613.20"), reserved("0.05", "1000", "3yr"),
                             reserved("0.16", "0", option="No Upfront")])  # fmt: skip
    found = rates(client, tmp_path).rate(ELASTICACHE, Offer(1, "partial-upfront"), NODE)
    assert isinstance(found, Rate)
    assert found.unit == Decimal("0.15")
    assert found.upfront_share == Decimal("0.07") / Decimal("0.15")
    fields = {one["Field"]: one["Value"] for one in client.requests[0]["Filters"]}
    assert fields == {"usagetype": CACHE, "operation": "CreateCacheCluster:0002"}


@pytest.mark.parametrize(("results", "said"), [([], "no rate"), ([result("0.9"), result("0.8")], "2 rates")])
def test_no_single_rate_is_unpriced_and_asked_for_again(
    tmp_path: Path, results: list[dict[str, Any]], said: str
) -> None:
    client = Recorded(results)
    for _again in range(2):
        found = rates(client, tmp_path).rate(SAGEMAKER, Offer(1, "no-upfront"), HOST)
        assert isinstance(found, Unpriced)
        assert said in found.reason
    assert len(client.requests) == 4


def test_a_known_rate_is_not_asked_for_again(tmp_path: Path) -> None:
    client = Recorded([result("0.9")])
    asked = [rates(client, tmp_path).rate(SAGEMAKER, Offer(1, "no-upfront"), HOST) for _ in range(3)]
    assert asked[0] == asked[1] == asked[2]
    assert len(client.requests) == 2  # its two pages
    rates(client, tmp_path).rate(SAGEMAKER, Offer(1, "all-upfront"), HOST)
    assert len(client.requests) == 4


def test_a_refusal_is_no_missing_rate(tmp_path: Path) -> None:
    class Refusing(Recorded):
        def describe_savings_plans_offering_rates(self, **_request: Any) -> dict[str, Any]:
            raise NoCredentialsError

    with pytest.raises(WorldError, match="rates of the Compute Savings Plan"):
        rates(Refusing(), tmp_path).rate(COMPUTE, Offer(1, "no-upfront"), HOST)


def test_the_command_prints_what_to_commit_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIMTAB_HOME", str(tmp_path))
    known = Recorded([result("0.9")], [reserved("0.15", "0", option="No Upfront")])
    cached = rates(known, tmp_path / "prices")
    for plan, code, usage in ((SAGEMAKER, "AmazonSageMaker", ML), (ELASTICACHE, "AmazonElastiCache", CACHE)):
        assert isinstance(cached.rate(plan, Offer(1, "no-upfront"), Metered(code, usage, "RunInstance")), Rate)
    export(tmp_path / "bill.parquet")
    moment = "2026-11-24T00:00:00Z"
    advice = AdviceDocument.model_validate({"created": moment, "until": moment, "strategy": "trimtab", "advice": []})
    (tmp_path / "advice.json").write_text(advice.dumps())
    asked = ("cost", "commitments", "--export", "bill.parquet", "--advice", "advice.json")
    done = trimtab(*asked, "--format", "json", cwd=tmp_path)
    assert done.code == 0, done.stderr
    levels = {one["plan"]: one["level"] for one in json.loads(done.stdout)["lines"]}
    assert {name: Decimal(level) for name, level in levels.items()} == {
        "SageMaker Savings Plan": Decimal("3.6"), "ElastiCache reserved nodes": Decimal(3),
    }  # fmt: skip
    shown = trimtab(*asked, cwd=tmp_path).stdout
    assert "3.6 USD an hour" in shown
    assert "3 nodes" in shown
