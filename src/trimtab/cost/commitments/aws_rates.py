"""The rates of AWS: Savings Plans' own, and the Price List's reserved terms; cached on disk for a week."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.cost.commitments.model import Rate
from trimtab.cost.commitments.rates import HOURS_PER_YEAR
from trimtab.cost.model import Unpriced
from trimtab.cost.prices.cache import cache_folder, keep, recall
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trimtab.cost.commitments.plans import Offer, Payment, Plan
    from trimtab.cost.spend.hours import Metered

_API_REGION = "us-east-1"
_WORDS: dict[Payment, str] = {
    "no-upfront": "No Upfront", "partial-upfront": "Partial Upfront", "all-upfront": "All Upfront",
}  # fmt: skip
# Half of a partial upfront plan is paid at once.
# https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html
_UPFRONT: dict[Payment, str] = {"no-upfront": "0", "partial-upfront": "0.5", "all-upfront": "1"}


@dataclass(frozen=True)
class AwsRates:
    """The lists of AWS, cached on disk for a week.

    Attributes:
        savings_plans, pricing: boto3's clients of these names.
    """

    savings_plans: Any
    pricing: Any
    cache: Path

    @classmethod
    def from_environment(cls) -> AwsRates:
        """Use boto3's own configuration and its adaptive retries."""
        config = Config(retries={"mode": "adaptive", "max_attempts": 8})
        savings_plans = boto3.client("savingsplans", region_name=_API_REGION, config=config)
        return cls(savings_plans, boto3.client("pricing", region_name=_API_REGION, config=config), cache_folder())

    def rate(self, plan: Plan, offer: Offer, metered: Metered) -> Rate | Unpriced:
        """Ask the cache, then AWS.

        Raises:
            WorldError: AWS cannot be reached or refuses.
        """
        asked = json.dumps([plan.name, offer.years, offer.payment, *vars(metered).values()])
        kept = self.cache / f"commitment-{hashlib.sha256(asked.encode()).hexdigest()[:24]}.json"
        known = recall(kept, Rate)
        if known is not None:
            return known
        try:
            found = list(self._savings(plan, offer, metered) if plan.savings_plan else self._reserved(offer, metered))
        except (BotoCoreError, ClientError) as error:
            raise WorldError(
                f"rates of the {plan.name}: {error}",
                remedy="check credentials, savingsplans:DescribeSavingsPlansOfferingRates and pricing:GetProducts.",
            ) from error
        rates = {one.unit: one for one in found}
        if len(rates) != 1:
            many = f"{len(rates)} rates" if rates else "no rate"
            return Unpriced(
                reason=f"AWS lists {many} for {metered.usage_type} ({metered.operation}), "
                f"{offer.years} year{'s' if offer.years > 1 else ''}, {offer.payment}"
            )
        keep(kept, found[0])
        return found[0]

    def _savings(self, plan: Plan, offer: Offer, metered: Metered) -> Iterator[Rate]:
        request: dict[str, Any] = {
            "savingsPlanTypes": [plan.savings_plan],
            "savingsPlanPaymentOptions": [_WORDS[offer.payment]],
            "serviceCodes": [metered.service],
            "usageTypes": [metered.usage_type],
            "operations": [metered.operation],
        }
        token = None
        while True:
            answer = self.savings_plans.describe_savings_plans_offering_rates(
                **request, **({"nextToken": token} if token else {})
            )
            for one in answer.get("searchResults", []):
                offering = one["savingsPlanOffering"]
                if offering["durationSeconds"] == offer.years * HOURS_PER_YEAR * 3600 and offering["currency"] == "USD":
                    upfront = Decimal(_UPFRONT[offer.payment])
                    yield Rate(unit=Decimal(one["rate"]), upfront_share=upfront, source="AWS Savings Plans rates")
            token = answer.get("nextToken")
            if not token:
                return

    def _reserved(self, offer: Offer, metered: Metered) -> Iterator[Rate]:
        wanted = {"usagetype": metered.usage_type, "operation": metered.operation}
        filters = [{"Type": "TERM_MATCH", "Field": name, "Value": value} for name, value in wanted.items()]
        answer = self.pricing.get_products(ServiceCode=metered.service, Filters=filters, MaxResults=100)
        for text in answer.get("PriceList", []):
            for term in json.loads(text).get("terms", {}).get("Reserved", {}).values():
                said = term["termAttributes"]
                terms = (said.get("LeaseContractLength"), said.get("PurchaseOption"))
                if terms == (f"{offer.years}yr", _WORDS[offer.payment]):
                    yield from _of_term(term, offer)


def _of_term(term: dict[str, Any], offer: Offer) -> Iterator[Rate]:
    """Read a reserved term: a price by the hour, a fee, or both."""
    prices = {one["unit"]: Decimal(one["pricePerUnit"].get("USD", "0")) for one in term["priceDimensions"].values()}
    fee = prices.get("Quantity", Decimal(0)) / (offer.years * HOURS_PER_YEAR)
    unit = prices.get("Hrs", Decimal(0)) + fee
    if unit:
        yield Rate(unit=unit, upfront_share=fee / unit, source="AWS Price List API, reserved terms")
