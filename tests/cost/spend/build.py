"""Small bills in the two published forms, and a stack that some of it belongs to."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path

ENDPOINT = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/atlas-prod-fraud"
AT = datetime(2026, 11, 24, 9)  # noqa: DTZ001  # CUR's Parquet has times without zone, which are UTC
TAGS = pa.map_(pa.string(), pa.string())

CUR_SCHEMA = pa.schema([
    ("identity_line_item_id", pa.string()), ("identity_time_interval", pa.string()),
    ("line_item_usage_start_date", pa.timestamp("ms")), ("line_item_resource_id", pa.string()),
    ("line_item_product_code", pa.string()), ("line_item_line_item_type", pa.string()),
    ("line_item_currency_code", pa.string()), ("line_item_unblended_cost", pa.float64()),
    ("line_item_net_unblended_cost", pa.float64()), ("savings_plan_savings_plan_effective_cost", pa.float64()),
    ("savings_plan_total_commitment_to_date", pa.float64()), ("savings_plan_used_commitment", pa.float64()),
    ("resource_tags", TAGS),
])  # fmt: skip


def cur_row(number: int, resource: str, kind: str, cost: float, **more: Any) -> dict[str, Any]:
    """One line item of 24 November 2026, 9 h, of SageMaker unless it says otherwise."""
    return {
        "identity_line_item_id": f"item{number}", "identity_time_interval": "2026-11-24T09:00:00Z/2026-11-24T10:00:00Z",
        "line_item_usage_start_date": AT,
        "line_item_resource_id": resource, "line_item_product_code": "AmazonSageMaker",
        "line_item_line_item_type": kind, "line_item_currency_code": "USD", "line_item_unblended_cost": cost,
        "line_item_net_unblended_cost": None, "savings_plan_savings_plan_effective_cost": None,
        "savings_plan_total_commitment_to_date": None, "savings_plan_used_commitment": None, "resource_tags": [],
        **more,
    }  # fmt: skip


def cur_rows() -> list[dict[str, Any]]:
    """An endpoint under a Savings Plan, an instance of a scaling group, a tagged bucket, and what names nobody."""
    group = [("aws_auto_scaling_group_name", "atlas-prod-nightly")]
    bucket = [("user_team", "search"), ("user_cost_center", "CC-7")]
    return [
        cur_row(1, ENDPOINT, "SavingsPlanCoveredUsage", 2.0, savings_plan_savings_plan_effective_cost=1.2),
        cur_row(2, ENDPOINT, "SavingsPlanNegation", -2.0),
        cur_row(3, ENDPOINT, "Usage", 0.1),
        cur_row(4, ENDPOINT, "Credit", -0.05),
        cur_row(5, "i-0a1", "Usage", 32.7726, line_item_product_code="AmazonEC2", resource_tags=group),
        cur_row(6, "pictures", "Usage", 0.2, line_item_product_code="AmazonS3", resource_tags=bucket),
        cur_row(7, "vol-9", "Usage", 0.4, line_item_net_unblended_cost=0.3, line_item_product_code="AmazonEC2"),
        cur_row(8, "", "SavingsPlanRecurringFee", 1.5, savings_plan_total_commitment_to_date=1.5,
                savings_plan_used_commitment=1.2),
        cur_row(9, "", "Tax", 7.0),
        cur_row(10, "", "Fee", 3.0, line_item_currency_code="EUR"),
        cur_row(11, "", "Mystery", 0.01),
    ]  # fmt: skip


BILLED_USD = (
    Decimal("2.0") - 2 + Decimal("0.05") + Decimal("32.7726") + Decimal("0.2") + Decimal("0.3") + Decimal("8.51")
)


def cur_parquet(path: Path, rows: list[dict[str, Any]] | None = None) -> Path:
    """Write as Parquet, as Data Exports does: doubles, and tags as a map."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(cur_rows() if rows is None else rows, CUR_SCHEMA), path)
    return path


def cur_csv(path: Path) -> Path:
    """Write as CSV, as Data Exports does: tags as JSON, times in ISO 8601."""
    rows = [
        {
            **row,
            "resource_tags": json.dumps(dict(row["resource_tags"])),
            "line_item_usage_start_date": "2026-11-24T09:00:00.000Z",
        }
        for row in cur_rows()
    ]
    with pa.CompressedOutputStream(str(path), "gzip") if path.suffix == ".gz" else pa.OSFile(str(path), "wb") as out:
        pa.csv.write_csv(pa.Table.from_pylist(rows), out)
    return path


def focus_rows() -> list[dict[str, Any]]:
    """The same platform's hour as a FOCUS export tells it."""
    shared = {
        "ChargePeriodStart": "2026-11-24T09:00:00Z", "BillingCurrency": "USD", "ServiceName": "Amazon SageMaker",
        "ChargeCategory": "Usage", "Tags": "{}", "ResourceId": "",
    }  # fmt: skip
    return [
        {**shared, "ResourceId": ENDPOINT, "BilledCost": "0.1", "EffectiveCost": "1.3"},
        {**shared, "ResourceId": "q", "BilledCost": "0.0000000034", "EffectiveCost": "0.0000000034",
         "Tags": '{"user:Team": "search"}', "ServiceName": "Amazon Simple Queue Service"},
        {**shared, "ChargeCategory": "Purchase", "BilledCost": "1.5", "EffectiveCost": "0.3"},
        {**shared, "ChargeCategory": "Tax", "BilledCost": "7", "EffectiveCost": "7"},
    ]  # fmt: skip


def focus_csv(path: Path, rows: list[dict[str, Any]] | None = None) -> Path:
    """Write as CSV."""
    pa.csv.write_csv(pa.Table.from_pylist(focus_rows() if rows is None else rows), str(path))
    return path


def state(*, team: str = "fraud") -> dict[str, Any]:
    """A stack's state: an endpoint by its ARN, and a scaling group, both tagged by their components."""
    tags = {"Team": team, "CostCenter": "CC-1042", "Environment": "prod", "Component": "fraud", "Model": "fraud-v3"}
    group = [{"key": "Component", "value": "nightly"}, {"key": "Team", "value": "research"}]
    rows = [
        {"urn": "urn:pulumi:prod::atlas::pulumi:pulumi:Stack::atlas-prod", "type": "pulumi:pulumi:Stack"},
        {"urn": "urn:pulumi:prod::atlas::aws:sagemaker/endpoint:Endpoint::fraud", "id": "atlas-prod-fraud",
         "type": "aws:sagemaker/endpoint:Endpoint",
         "outputs": {"arn": ENDPOINT, "name": "atlas-prod-fraud", "tagsAll": tags}},
        {"urn": "urn:pulumi:prod::atlas::aws:autoscaling/group:Group::nightly", "id": "atlas-prod-nightly",
         "type": "aws:autoscaling/group:Group", "outputs": {"name": "atlas-prod-nightly", "maxSize": 2, "tags": group}},
    ]  # fmt: skip
    return {"version": 3, "deployment": {"resources": rows}}
