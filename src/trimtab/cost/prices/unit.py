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
    """Return the on-demand price of one unit for an hour, or why it is not known.

    Raises:
        WorldError: the price list cannot be reached.
    """
    kind = KINDS[resource.kind]
    share = kind.share(resource) if kind.share else 1.0
    if isinstance(share, Unpriced):
        return share
    price = prices.price(kind.service, resource.instance_type, resource.region)
    if isinstance(price, Unpriced) or share == 1:
        return price
    source = f"{price.source}; {share:.1%} of a node ({resource.instance_type})"
    return price.model_copy(update={"hourly": price.hourly * Decimal(repr(share)), "source": source})
