"""From the report's lines to rows.

The bill is not known here. Every cost column holds list price times the units that ran, and `x_CostBasis` says so:
FOCUS lets no cost be null, and a discount that is not known is no discount. A resource without a price is in no row:
zero would be a lie, and null is not allowed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from trimtab.cost.model import HOURS_PER_MONTH
from trimtab.cost.reports.focus.columns import COLUMNS, schema
from trimtab.cost.reports.focus.services import EC2, REGIONS, SERVICES
from trimtab.cost.reports.model import Cost, Use
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.reports.model import Line, Report

MEASURED, AVERAGE = "list price x units that ran in the hours of the day", "list price x units on average"
_PLACES = Decimal("0.000000000001")
_DAY = timedelta(days=1)


def to_table(report: Report, billing_account: str = "") -> pa.Table:
    """Return the report's week, a row a resource and day.

    Args:
        report: of one stack, or of many.
        billing_account: the account that pays; empty: each resource's own.

    Raises:
        UserError: no account is known.
    """
    rows = [row for line in report.lines for row in _rows(report, line, billing_account)]
    columns = {one.name: pa.array([row.get(one.name) for row in rows], type=one.type) for one in COLUMNS}
    return pa.table(columns, schema=schema())


def left_out(report: Report) -> tuple[str, ...]:
    """Return the subjects that are in no row, because their price is not known."""
    return tuple(line.subject for line in report.lines if not isinstance(line.cost, Cost))


def _rows(report: Report, line: Line, billing_account: str) -> Iterator[dict[str, Any]]:
    if not isinstance(line.cost, Cost):
        return
    payer = billing_account or line.account
    if not payer:
        raise UserError(
            "FOCUS asks for the account that pays, and none is known",
            remedy="name it with --billing-account, or run it with credentials of the account.",
        )
    fixed = {**_same(report, line, line.cost), "BillingAccountId": payer}
    for start, end, cost, basis in _periods(report, line, line.cost):
        month = start.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        price = line.cost.hourly_unit
        quantity = (cost / price).quantize(_PLACES) if price else Decimal(0)
        yield {
            **fixed,
            "BillingPeriodStart": month,
            "BillingPeriodEnd": (month + timedelta(days=32)).replace(day=1),
            "ChargePeriodStart": start,
            "ChargePeriodEnd": end,
            **dict.fromkeys(("ListCost", "ContractedCost", "EffectiveCost", "BilledCost"), cost.quantize(_PLACES)),
            **dict.fromkeys(("PricingQuantity", "ConsumedQuantity"), quantity),
            "x_CostBasis": basis,
        }


def _periods(report: Report, line: Line, cost: Cost) -> Iterator[tuple[datetime, datetime, Decimal, str]]:
    """Give each day's part of the week; no charge period crosses midnight, so none crosses a billing period."""
    told = {one.day: one for one in line.days}
    start = report.since
    while start < report.until:
        end = min(start + _DAY, report.until)
        known = told.get(start.date())
        if known:
            yield start, end, known.cost, MEASURED
        else:
            hours = Decimal(repr((end - start) / timedelta(hours=1)))
            yield start, end, cost.monthly / HOURS_PER_MONTH * hours, AVERAGE
        start = end


def _same(report: Report, line: Line, cost: Cost) -> dict[str, Any]:
    """Return what every day of a line shares."""
    service, category = SERVICES.get(line.kind, EC2)
    owner = line.owner
    tags = {
        "Team": owner.team, "CostCenter": owner.cost_center, "Environment": owner.environment, "Model": owner.model,
        "Component": line.component,
    }  # fmt: skip
    advised = next((one for one in report.advice if one.subject == line.subject), None)
    waiting = next((one for one in report.waiting if one.subject == line.subject), None)
    return {
        "BillingCurrency": report.currency,
        "ChargeCategory": "Usage",
        "ChargeDescription": f"{line.instance_type or line.kind} on demand, at list price",
        "ChargeFrequency": "Usage-Based",
        "ConsumedUnit": "Hours",
        "PricingUnit": "Hours",
        "PricingCategory": "Standard",
        "ContractedUnitPrice": cost.hourly_unit,
        "ListUnitPrice": cost.hourly_unit,
        "InvoiceIssuerName": "Amazon Web Services, Inc.",
        "ProviderName": "AWS",
        "PublisherName": "AWS",
        "RegionId": line.region or None,
        "RegionName": REGIONS.get(line.region),
        "ResourceId": line.subject,
        "ResourceName": line.subject,
        "ResourceType": line.kind,
        "ServiceCategory": category,
        "ServiceName": service,
        "SkuId": line.instance_type or None,
        "SubAccountId": line.account or None,
        "Tags": [(name, value) for name, value in tags.items() if value],
        "x_AdvisedMonthlySaving": advised.monthly if advised else None,
        "x_AdviceStatus": "recommendation" if advised else waiting.status if waiting else None,
        "x_PriceAsOf": cost.as_of,
        "x_UseMean": line.use.mean if isinstance(line.use, Use) else None,
    }


def utc(moment: datetime) -> str:
    """Write a moment as FOCUS's Date/Time Format asks: ISO 8601 in UTC with a Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
