"""Prices of what is not an instance: storage by the GiB, gateways by the hour; bundled and dated."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from trimtab.cost.model import HOURS_PER_MONTH, Unpriced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.prices.port import PriceBook, Service


@dataclass(frozen=True)
class Charge:
    """A part of a monthly bill.

    Attributes:
        item: name in the list of items, or an instance type where `service` is named.
        quantity: units in a month (GiB for a month, hours, requests); instances where `service` is named.
        service: the price list of instance types that holds it; None: the list of items.
    """

    item: str
    quantity: float
    service: Service | None = None


@cache
def _bundled() -> dict[str, Any]:
    text = files("trimtab.cost.prices").joinpath("items.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def source() -> str:
    """Return where the list of items is from, and its date."""
    return f"{_bundled()['source']}, {_bundled()['as_of']}"


def monthly(charges: Iterable[Charge], region: str, book: PriceBook) -> Decimal | Unpriced:
    """Return what the charges cost in a month, in USD; the first price that is not known leaves all unpriced.

    Raises:
        WorldError: the price list of instance types cannot be reached.
    """
    total = Decimal(0)
    for charge in charges:
        price = _price(charge, region, book)
        if isinstance(price, Unpriced):
            return price
        total += price * Decimal(repr(charge.quantity))
    return total


def _price(charge: Charge, region: str, book: PriceBook) -> Decimal | Unpriced:
    if charge.service is not None:
        price = book.price(charge.service, charge.item, region)
        return price if isinstance(price, Unpriced) else price.hourly * HOURS_PER_MONTH
    known = _bundled()["prices"].get(region)
    if known is None:
        return Unpriced(reason=f"region {region} is not in the bundled item prices of {_bundled()['as_of']}")
    if charge.item not in known:
        return Unpriced(reason=f"{charge.item} in {region} is not in the bundled item prices of {_bundled()['as_of']}")
    return Decimal(known[charge.item])
