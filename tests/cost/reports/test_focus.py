"""The FOCUS export: conforms to the standard's rules for columns, and says what the report says."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests.cost.reports.sample import inputs
from trimtab.cost.reports import build
from trimtab.cost.reports.build import Week
from trimtab.cost.reports.focus import left_out, problems, to_csv_bytes, to_parquet_bytes, to_table
from trimtab.cost.reports.focus.rows import AVERAGE, MEASURED
from trimtab.spec.errors import UserError

MANDATORY = {
    "BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart",
    "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost",
    "EffectiveCost", "InvoiceIssuerName", "ListCost", "PricingQuantity", "PricingUnit", "ProviderName", "PublisherName",
    "ServiceCategory", "ServiceName",
}  # fmt: skip


@pytest.fixture(scope="module")
def table() -> pa.Table:
    return to_table(build(inputs()))


def test_it_conforms(table: pa.Table) -> None:
    assert problems(table) == ()
    assert set(table.column_names) >= MANDATORY


def test_it_costs_what_the_report_says(table: pa.Table) -> None:
    report = build(inputs())
    days = sum((day.cost for line in report.lines for day in line.days), Decimal(0))
    assert pc.sum(table["ListCost"]).as_py() == days
    assert set(table["x_CostBasis"].to_pylist()) == {MEASURED}


def test_without_a_history_a_day_costs_its_hours(table: pa.Table) -> None:
    average = to_table(build(replace(inputs(), history=None)))
    assert problems(average) == ()
    (monday, tuesday) = (row for row in average.to_pylist() if row["ResourceId"] == "fraud-scorer")
    # 4 x 1.408 an hour; Tuesday has had 21 of them.
    assert (monday["ListCost"], tuesday["ListCost"]) == (Decimal("135.168"), Decimal("118.272"))
    assert monday["PricingQuantity"] == 96
    assert monday["x_CostBasis"] == AVERAGE
    assert average.num_rows == table.num_rows == 6


def test_a_charge_lies_in_one_billing_period() -> None:
    week = Week.named("2026-W49")  # 30 November to 6 December
    late = replace(inputs(), week=week, generated=week.until + timedelta(days=1), history=None)
    found = to_table(build(late))
    assert problems(found) == ()
    periods = {(row["ChargePeriodStart"].month, row["BillingPeriodStart"].month) for row in found.to_pylist()}
    assert periods == {(11, 11), (12, 12)}


def test_parquet_reads_back_with_types_and_version(table: pa.Table) -> None:
    again = pq.read_table(io.BytesIO(to_parquet_bytes(table)))
    assert problems(again) == ()
    assert again.schema.metadata[b"FocusVersion"] == b"1.2"
    assert dict(again["Tags"][0].as_py())["Team"] == "fraud"


def test_csv_has_the_same_rows(table: pa.Table) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv_bytes(table).decode(), newline="")))
    assert len(rows) == table.num_rows
    assert rows[0]["ChargePeriodStart"] == "2026-11-23T00:00:00Z"
    assert json.loads(rows[0]["Tags"])["CostCenter"] == "CC-1042"
    assert rows[0]["ChargeClass"] == ""


def test_what_has_no_price_is_left_out_and_named(table: pa.Table) -> None:
    assert left_out(build(inputs())) == ("old-endpoint",)
    assert "old-endpoint" not in table["ResourceId"].to_pylist()


def test_without_an_account_there_is_no_data_set() -> None:
    report = build(replace(inputs(), account=""))
    with pytest.raises(UserError, match="account that pays"):
        to_table(report)
    assert to_table(report, "210987654321")["BillingAccountId"][0].as_py() == "210987654321"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("BilledCost", None, "BilledCost: is null"),
        ("ChargeCategory", "Rent", "ChargeCategory: holds Rent"),
        ("BillingPeriodEnd", datetime(2026, 11, 1, tzinfo=UTC), "outside of its billing period"),
        ("ChargePeriodEnd", datetime(2026, 11, 1, tzinfo=UTC), "is not after ChargePeriodStart"),
        ("ListUnitPrice", Decimal(9), "ListCost: is not ListUnitPrice x PricingQuantity"),
        ("PricingUnit", None, "PricingUnit: is null where PricingQuantity is not"),
    ],
)
def test_what_breaks_a_rule_is_told(table: pa.Table, column: str, value: object, said: str) -> None:
    place = table.column_names.index(column)
    kind = table.schema.field(column).type
    broken = table.set_column(place, pa.field(column, kind), pa.array([value] * table.num_rows, type=kind))
    assert any(said in one for one in problems(broken)), problems(broken)


def test_a_missing_and_a_made_up_column_are_told(table: pa.Table) -> None:
    broken = table.drop_columns(["ServiceName"]).rename_columns(
        ["owner" if name == "SkuId" else name for name in table.column_names if name != "ServiceName"]
    )
    told = problems(broken)
    assert any("ServiceName: is missing" in one for one in told)
    assert any("owner: is no column of FOCUS" in one for one in told)
    assert any("owner: is not in Pascal case" in one for one in told)
