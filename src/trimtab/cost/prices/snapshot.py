"""The bundled price list: small, dated, with its source."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from trimtab.cost.model import Price, Unpriced

if TYPE_CHECKING:
    from trimtab.cost.prices.port import Service


@cache
def _bundled() -> dict[str, Any]:
    text = files("trimtab.cost.prices").joinpath("snapshot.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@dataclass(frozen=True)
class Snapshot:
    """On-demand prices as they stood on a day; Linux, shared tenancy."""

    def price(self, service: Service, instance_type: str, region: str) -> Price | Unpriced:
        """Look a unit up; a type or region that is not in the snapshot is `Unpriced`, never zero."""
        if not instance_type or not region:
            missing = "instance_type" if not instance_type else "region"
            return Unpriced(reason=f"its {missing} is not known")
        data = _bundled()
        regions = data["hourly"][service]
        if region not in regions:
            return Unpriced(reason=f"region {region} is not in the bundled prices of {data['as_of']}")
        hourly = regions[region].get(instance_type)
        if hourly is None:
            return Unpriced(reason=f"{instance_type} in {region} is not in the bundled prices of {data['as_of']}")
        return Price(
            hourly=Decimal(hourly),
            currency=data["currency"],
            source=data["source"],
            as_of=date.fromisoformat(data["as_of"]),
        )

    def spot(self, instance_type: str, region: str) -> Price | Unpriced:
        """Spot prices change by the hour: none is bundled."""
        return Unpriced(reason=f"no spot price of {instance_type} in {region or 'an unknown region'} is bundled")
