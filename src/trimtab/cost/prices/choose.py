"""Which price list a run asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.prices.snapshot import Snapshot

if TYPE_CHECKING:
    from trimtab.cost.prices.port import PriceBook


def price_book(which: str) -> PriceBook:
    """Return the price list named `snapshot`, `aws`, or `auto` (AWS where reachable, else the snapshot)."""
    if which == "snapshot":
        return Snapshot()
    from trimtab.cost.prices.aws import AwsPriceList  # noqa: PLC0415  # boto3 is slow to import
    from trimtab.cost.prices.fallback import FirstKnown  # noqa: PLC0415

    online = AwsPriceList.from_environment()
    return online if which == "aws" else FirstKnown(online, Snapshot())
