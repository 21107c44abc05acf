"""One row a subject under FOCUS 1.2 column names; columns of our own begin with `x_`, as FOCUS asks.

These are list costs of the units that ran (all of them, where the cloud does not tell) for the report's week.
What was billed is the bill's to say, so the billed columns are left out rather than made up.
https://focus.finops.org/focus-specification/v1-2/
"""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model import HOURS_PER_WEEK
from trimtab.cost.reports.model import Cost, Use

if TYPE_CHECKING:
    from trimtab.cost.reports.model import Line, Report

COLUMNS = (
    "ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory", "ChargeDescription", "BillingCurrency",
    "ProviderName", "PublisherName", "ServiceName", "ServiceCategory", "RegionId", "ResourceId", "ResourceName",
    "ResourceType", "ListCost", "ListUnitPrice", "PricingQuantity", "PricingUnit", "Tags",
    "x_UnpricedReason", "x_UseMean", "x_UseP95", "x_UsePeak", "x_UnmeasuredReason", "x_AdviceStatus",
    "x_AdviceReason", "x_AdvisedMonthlySaving",
)  # fmt: skip

_SERVICES = {
    "sagemaker-endpoint": ("Amazon SageMaker", "AI and Machine Learning"),
    "gpu-training-pool": ("Amazon Elastic Compute Cloud", "Compute"),
}
_COMPUTE = ("Amazon Elastic Compute Cloud", "Compute")


def to_csv(report: Report) -> str:
    """Write the report's subjects as CSV, RFC 4180 with plain line ends."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    advice = _advice(report)
    for line in report.lines:
        writer.writerow({**_row(report, line), **advice.get(line.subject, {})})
    return text.getvalue()


def _row(report: Report, line: Line) -> dict[str, object]:
    service, category = _SERVICES.get(line.kind, _COMPUTE)
    tags = {
        "Team": line.owner.team, "CostCenter": line.owner.cost_center, "Environment": line.owner.environment,
        "Model": line.owner.model, "Component": line.component,
    }  # fmt: skip
    return {
        "ChargePeriodStart": report.since.isoformat(),
        "ChargePeriodEnd": report.until.isoformat(),
        "ChargeCategory": "Usage",
        "ChargeDescription": f"{line.paid_units:g} x {line.instance_type or line.kind}",
        "BillingCurrency": report.currency,
        "ProviderName": "AWS",
        "PublisherName": "AWS",
        "ServiceName": service,
        "ServiceCategory": category,
        "RegionId": line.region,
        "ResourceId": line.subject,
        "ResourceName": line.subject,
        "ResourceType": line.kind,
        "PricingUnit": "Hours",
        "Tags": json.dumps({name: value for name, value in tags.items() if value}, sort_keys=True),
        **_cost(line, hours=Decimal((report.until - report.since).total_seconds()) / 3600),
        **_use(line),
    }


def _cost(line: Line, *, hours: Decimal) -> dict[str, object]:
    if not isinstance(line.cost, Cost):
        return {"x_UnpricedReason": line.cost.reason}
    return {
        "ListCost": (line.cost.weekly * hours / HOURS_PER_WEEK).quantize(Decimal("0.000001")),
        "ListUnitPrice": line.cost.hourly_unit,
        "PricingQuantity": (Decimal(repr(line.paid_units)) * hours).quantize(Decimal("0.0001")),
    }


def _use(line: Line) -> dict[str, object]:
    if not isinstance(line.use, Use):
        return {"x_UnmeasuredReason": line.use.reason}
    return {"x_UseMean": line.use.mean, "x_UseP95": line.use.p95, "x_UsePeak": line.use.peak}


def _advice(report: Report) -> dict[str, dict[str, object]]:
    """Return the advice's columns by subject; what is advised counts before what waits."""
    waiting: dict[str, dict[str, object]] = {
        one.subject: {"x_AdviceStatus": one.status, "x_AdviceReason": f"{one.code}: {one.reason}"}
        for one in report.waiting
    }
    return waiting | {
        one.subject: {
            "x_AdviceStatus": "recommendation", "x_AdviceReason": one.reason,
            "x_AdvisedMonthlySaving": "" if one.monthly is None else one.monthly,
        }
        for one in report.advice
    }  # fmt: skip
