"""Three weeks of usage by the hour, as a bill tells it, and rates that are known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from trimtab.cost.commitments.model import Rate
from trimtab.cost.model import Unpriced

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.commitments import Offer
    from trimtab.cost.commitments.plans import Plan
    from trimtab.cost.spend.hours import Metered

START = datetime(2026, 11, 2)  # noqa: DTZ001  # a Monday; CUR's Parquet has times without zone, which are UTC
HOURS = 21 * 24
ENDPOINT = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/scorer"
ML, CACHE = "EUW1-Host:ml.g5.xlarge", "EUW1-NodeUsage:cache.r6g.large"


def row(  # noqa: PLR0917  # as the columns stand
    hour: int, resource: str, code: str, usage_type: str, quantity: float, cost: float, /, **more: Any
) -> dict[str, Any]:
    """One line item."""
    return {
        "line_item_usage_start_date": START + timedelta(hours=hour), "line_item_resource_id": resource,
        "line_item_product_code": code, "line_item_line_item_type": "Usage", "line_item_currency_code": "USD",
        "line_item_unblended_cost": cost, "line_item_usage_type": usage_type, "line_item_operation": "RunInstance",
        "line_item_usage_amount": quantity, **more,
    }  # fmt: skip


def busy(hour: int) -> bool:
    """Office hours of weekdays."""
    return hour // 24 % 7 < 5 and 8 <= hour % 24 < 18


def rows(hours: int = HOURS) -> list[dict[str, Any]]:
    """An endpoint of four instances, six more in office hours; three cache nodes; what commitments have covered."""
    found = []
    for hour in range(hours):
        instances = 10.0 if busy(hour) else 4.0
        found += [
            row(hour, ENDPOINT, "AmazonSageMaker", ML, instances, instances * 1.5),
            row(hour, "cluster", "AmazonElastiCache", CACHE, 3.0, 3 * 0.25),
            row(hour, "i-1", "AmazonEC2", "EUW1-BoxUsage:m5.large", 1.0, 9.0,
                line_item_line_item_type="SavingsPlanCoveredUsage"),
            row(hour, "i-2", "AmazonEC2", "EUW1-SpotUsage:m5.large", 1.0, 9.0),
        ]  # fmt: skip
    return found


def export(path: Path, given: list[dict[str, Any]] | None = None) -> Path:
    """Write as Parquet."""
    pq.write_table(pa.Table.from_pylist(rows() if given is None else given), path)
    return path


@dataclass
class Known:
    """A list of rates; keeps what it was asked."""

    units: dict[str, str] = field(default_factory=lambda: {ML: "0.9", CACHE: "0.15"})
    upfront: str = "0"
    asked: list[str] = field(default_factory=list)

    def rate(self, plan: Plan, offer: Offer, metered: Metered) -> Rate | Unpriced:
        self.asked.append(f"{plan.name}, {offer.years} years: {metered.usage_type}")
        if metered.usage_type not in self.units:
            return Unpriced(reason="AWS lists no rate")
        share = Decimal(self.upfront)
        return Rate(unit=Decimal(self.units[metered.usage_type]), upfront_share=share, source="recorded rates")
