"""From a share of cost to money, with its range."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model import Price, Saving, Unpriced
from trimtab.cost.prices.unit import unit_price

if TYPE_CHECKING:
    from collections.abc import Callable

    from trimtab.cost.model import Savings
    from trimtab.cost.model.reduced import Group
    from trimtab.cost.prices.port import PriceBook

_CENT = Decimal("0.01")


def saving_of(prices: PriceBook) -> Callable[[Group, float, float, float], Savings]:
    """Return what turns (group, advised, lowest, highest share saved) into money a month."""

    def saving(group: Group, share: float, low: float, high: float) -> Savings:
        known: list[tuple[Price, Decimal]] = []
        for member in group.members:
            price = unit_price(prices, member)
            if isinstance(price, Unpriced):
                return price
            known.append((price, Decimal(repr(member.paid_units))))
        currencies = {price.currency for price, _ in known}
        if len(currencies) > 1:
            return Unpriced(reason=f"its members are priced in {', '.join(sorted(currencies))}")
        before = sum((price.monthly * count for price, count in known), Decimal(0))
        return Saving(
            monthly_before=before.quantize(_CENT),
            monthly_after=(before * (1 - Decimal(repr(share)))).quantize(_CENT),
            monthly_low=(before * Decimal(repr(low))).quantize(_CENT),
            monthly_high=(before * Decimal(repr(high))).quantize(_CENT),
            price=known[0][0],
        )

    return saving
