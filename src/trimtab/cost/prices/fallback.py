"""The first price list that knows a price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.model import Price, Unpriced
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from trimtab.cost.prices.port import PriceBook, Service


class FirstKnown:
    """Asks one list, then the other; a list that cannot be reached once is not asked again."""

    def __init__(self, first: PriceBook, second: PriceBook) -> None:
        self._first = first
        self._second = second
        self._reachable = True
        self._tells_spot = True

    def price(self, service: Service, instance_type: str, region: str) -> Price | Unpriced:
        """Return the price of the first list that knows it; each price says its own source and date."""
        if self._reachable and instance_type and region:
            try:
                found = self._first.price(service, instance_type, region)
            except WorldError:
                self._reachable = False
            else:
                if isinstance(found, Price):
                    return found
        return self._second.price(service, instance_type, region)

    def spot(self, instance_type: str, region: str) -> Price | Unpriced:
        """Return the first list's price or reason; the second's where the first cannot be reached."""
        if self._tells_spot:
            try:
                return self._first.spot(instance_type, region)
            except WorldError:
                self._tells_spot = False
        return self._second.spot(instance_type, region)
