"""AWS's own price list, through its API, cached on disk for a week."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.cost.model import Price, Unpriced
from trimtab.cost.prices.cache import cache_folder, keep, recall
from trimtab.cost.prices.spot import SpotHistory
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.prices.port import Service

# The Price List API is served from a few regions only; every one of them knows every region's prices.
# https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
_API_REGION = "us-east-1"
_SOURCE = "AWS Price List API"

_CODES: dict[Service, str] = {"ec2": "AmazonEC2", "sagemaker": "AmazonSageMaker"}
_EC2_FILTERS = {
    "operatingSystem": "Linux",
    "tenancy": "Shared",
    "preInstalledSw": "NA",
    "capacitystatus": "Used",
}
_SAGEMAKER_FILTERS = {"component": "Hosting"}


class PricingClient(Protocol):
    """The one call of boto3's `pricing` client that is used."""

    def get_products(self, **request: Any) -> dict[str, Any]:
        """Return the products that match the filters, each as JSON text."""
        ...


@dataclass(frozen=True)
class AwsPriceList:
    """On-demand prices (Linux, shared tenancy; SageMaker hosting) from the Price List API."""

    client: PricingClient
    cache: Path
    spots: SpotHistory | None = None

    @classmethod
    def from_environment(cls) -> AwsPriceList:
        """Use boto3's own configuration; an answer is waited for shortly, since a snapshot is at hand."""
        config = Config(connect_timeout=3, read_timeout=10, retries={"mode": "standard", "max_attempts": 2})
        return cls(
            boto3.client("pricing", region_name=_API_REGION, config=config),
            cache_folder(),
            SpotHistory.from_environment(),
        )

    def price(self, service: Service, instance_type: str, region: str) -> Price | Unpriced:
        """Ask the cache, then the API.

        Raises:
            WorldError: the API cannot be reached or refuses.
        """
        if not instance_type or not region:
            missing = "instance_type" if not instance_type else "region"
            return Unpriced(reason=f"its {missing} is not known")
        kept = self.cache / f"{service}-{region}-{instance_type}.json"
        known = recall(kept, Price)
        if known is not None:
            return known
        found = self._ask(service, instance_type, region)
        if isinstance(found, Price):
            keep(kept, found)
        return found

    def spot(self, instance_type: str, region: str) -> Price | Unpriced:
        """Ask EC2, which alone knows.

        Raises:
            WorldError: EC2 cannot be reached or refuses.
        """
        return self.spots.spot(instance_type, region) if self.spots else Unpriced(reason="EC2 was not asked for spot")

    def _ask(self, service: Service, instance_type: str, region: str) -> Price | Unpriced:
        wanted = {
            "regionCode": region,
            **({"instanceType": instance_type, **_EC2_FILTERS} if service == "ec2" else {}),
            **({"instanceName": instance_type, **_SAGEMAKER_FILTERS} if service == "sagemaker" else {}),
        }
        filters = [{"Type": "TERM_MATCH", "Field": name, "Value": value} for name, value in wanted.items()]
        try:
            answer = self.client.get_products(ServiceCode=_CODES[service], Filters=filters, MaxResults=100)
        except (BotoCoreError, ClientError) as error:
            raise WorldError(
                f"AWS Price List: {error}", remedy="allow pricing:GetProducts, or use --prices snapshot."
            ) from error
        hourly = {price for text in answer.get("PriceList", []) for price in on_demand(json.loads(text))}
        if len(hourly) == 1:
            return Price(hourly=hourly.pop(), source=_SOURCE, as_of=datetime.now(tz=UTC).date())
        if hourly:
            return Unpriced(reason=f"the price list has {len(hourly)} prices for {instance_type} in {region}")
        return Unpriced(reason=f"the price list has no {instance_type} in {region}")


def on_demand(product: dict[str, Any]) -> list[Decimal]:
    """Return the hourly on-demand prices in USD of one product of the price list; zero terms left out."""
    return [
        Decimal(dimension["pricePerUnit"]["USD"])
        for term in product.get("terms", {}).get("OnDemand", {}).values()
        for dimension in term["priceDimensions"].values()
        if dimension.get("unit") == "Hrs" and Decimal(dimension["pricePerUnit"].get("USD", "0"))
    ]
