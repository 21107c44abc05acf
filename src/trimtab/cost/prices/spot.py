"""Spot prices from EC2's own history, through its API, cached on disk for a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from trimtab.cost.model import Price, Unpriced
from trimtab.cost.prices.cache import cache_folder, keep, recall
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SPAN = timedelta(days=7)
"""A week holds working days and a weekend, whose prices differ."""
KEPT = timedelta(days=90)
"""How far back EC2 tells; a price that is older is none of its own."""
_LINUX = "Linux/UNIX"
_CACHE_SECONDS = 86_400
_PLACES = Decimal("0.000001")


class SpotClient(Protocol):
    """The one call of boto3's `ec2` client that is used."""

    def describe_spot_price_history(self, **request: Any) -> dict[str, Any]:
        """Return the changes of the price by zone, and the price that was in force before, a page at a time."""
        ...


@dataclass(frozen=True)
class SpotHistory:
    """The mean of the last seven days, over time and then over the zones of a region.

    Attributes:
        client_of: a client by region.
    """

    client_of: Callable[[str], SpotClient]
    cache: Path
    now: datetime

    @classmethod
    def from_environment(cls) -> SpotHistory:
        """Use boto3's own configuration and its adaptive retries."""
        config = Config(retries={"mode": "adaptive", "max_attempts": 5}, connect_timeout=5)

        def client(region: str) -> SpotClient:
            made: Any = boto3.client("ec2", region_name=region, config=config)
            return cast("SpotClient", made)

        return cls(client, cache_folder(), datetime.now(tz=UTC))

    def spot(self, instance_type: str, region: str) -> Price | Unpriced:
        """Ask the cache, then EC2.

        Raises:
            WorldError: EC2 cannot be reached or refuses.
        """
        if not instance_type or not region:
            return Unpriced(reason=f"its {'region' if instance_type else 'instance_type'} is not known")
        kept = self.cache / f"spot-{region}-{instance_type}.json"
        known = recall(kept, Price, _CACHE_SECONDS)
        if known is not None:
            return known
        changes: defaultdict[str, list[tuple[datetime, Decimal]]] = defaultdict(list)
        try:
            for one in self._changes(instance_type, region):
                changes[one["AvailabilityZone"]].append((one["Timestamp"], Decimal(one["SpotPrice"])))
        except (BotoCoreError, ClientError) as error:
            raise WorldError(
                f"EC2 spot prices: {error}", remedy="allow ec2:DescribeSpotPriceHistory, or use --prices snapshot."
            ) from error
        means = [self._mean(sorted(zone)) for zone in changes.values()]
        if not means:
            return Unpriced(
                reason=f"EC2 tells no spot price of {instance_type} in {region} of the last {KEPT.days} days"
            )
        price = Price(
            hourly=(sum(means, Decimal(0)) / len(means)).quantize(_PLACES),
            source=f"EC2 spot price history, mean of {SPAN.days} days and {len(means)} zones",
            as_of=self.now.date(),
        )
        keep(kept, price)
        return price

    def _changes(self, instance_type: str, region: str) -> Iterator[dict[str, Any]]:
        request = {
            "InstanceTypes": [instance_type],
            "ProductDescriptions": [_LINUX],
            "StartTime": self.now - SPAN,
            "EndTime": self.now,
        }
        client, token = self.client_of(region), None
        while True:
            answer = client.describe_spot_price_history(**request, **({"NextToken": token} if token else {}))
            for one in answer["SpotPriceHistory"]:
                if one["ProductDescription"].startswith(_LINUX) and self.now - one["Timestamp"] <= KEPT:
                    yield one
            token = answer.get("NextToken")
            if not token:
                return

    def _mean(self, changes: list[tuple[datetime, Decimal]]) -> Decimal:
        """Weigh each price by how long it was in force within the span, from its beginning where it came before."""
        begins = [max(at, self.now - SPAN) for at, _ in changes]
        lasted = [(end - begin).total_seconds() for begin, end in zip(begins, [*begins[1:], self.now], strict=True)]
        whole = sum(lasted)
        if not whole:
            return changes[-1][1]
        weighed = (price * Decimal(repr(seconds)) for (_, price), seconds in zip(changes, lasted, strict=True))
        return sum(weighed, Decimal(0)) / Decimal(repr(whole))
