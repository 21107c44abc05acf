"""What one unit of a resource costs: its instance type's price, or its share of the node's."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import Price, Unpriced

if TYPE_CHECKING:
    from trimtab.cost.model import Resource
    from trimtab.cost.prices.port import PriceBook


def unit_price(prices: PriceBook, resource: Resource) -> Price | Unpriced:
    """Return the price of one unit for an hour, on demand and on spot as its pool declares, or why it is not known.

    A part on spot whose price is not known leaves the whole unpriced: the price on demand is no substitute.

    Raises:
        WorldError: the price list cannot be reached.
    """
    kind = KINDS[resource.kind]
    share = kind.share(resource) if kind.share else 1.0
    if isinstance(share, Unpriced):
        return share
    price = _mixed(prices, resource)
    if isinstance(price, Unpriced) or share == 1:
        return price
    source = f"{price.source}; {share:.1%} of a node ({resource.instance_type})"
    return price.model_copy(update={"hourly": price.hourly * Decimal(repr(share)), "source": source})


def _mixed(prices: PriceBook, resource: Resource) -> Price | Unpriced:
    on_spot = resource.spot_share
    service = KINDS[resource.kind].service
    if not on_spot:
        return prices.price(service, resource.instance_type, resource.region)
    spot = prices.spot(resource.instance_type, resource.region)
    if isinstance(spot, Unpriced):
        return Unpriced(reason=f"{on_spot:.0%} of it runs on spot: {spot.reason}")
    if on_spot == 1:
        return spot
    price = prices.price(service, resource.instance_type, resource.region)
    if isinstance(price, Unpriced):
        return price
    share = Decimal(repr(on_spot))
    source = f"{on_spot:.0%} on spot ({spot.source}), else on demand ({price.source})"
    return price.model_copy(update={"hourly": spot.hourly * share + price.hourly * (1 - share), "source": source})
