"""Billing exports: each form, exact money, and what is refused rather than added up wrongly."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.cost.spend.build import (
    BILLED_USD,
    CUR_SCHEMA,
    ENDPOINT,
    cur_csv,
    cur_parquet,
    cur_row,
    cur_rows,
    focus_csv,
    focus_rows,
)
from trimtab.cost.spend.charge import ChargeKind
from trimtab.cost.spend.export import BillingExport
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.spend import Charges


def usd(found: Charges) -> Decimal:
    return sum((one.amount for one in found.charges if one.currency == "USD"), Decimal(0))


@pytest.mark.parametrize("form", ["parquet", "csv", "csv.gz"])
def test_every_form_of_cur_says_the_same_to_the_last_digit(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"export.{form}"
    found = BillingExport(cur_parquet(path) if form == "parquet" else cur_csv(path)).charges(None, None)
    assert usd(found) == BILLED_USD
    assert {one.currency for one in found.charges} == {"USD", "EUR"}
    assert sum(one.rows for one in found.charges) == len(cur_rows())
    (bucket,) = (one for one in found.charges if one.resource_id == "pictures")
    assert bucket.tags == {"team": "search", "costcenter": "CC-7"}
    assert (found.since, found.until) == (datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC))


def test_what_a_row_is_for_is_said_and_the_unknown_is_counted(tmp_path: Path) -> None:
    found = BillingExport(cur_parquet(tmp_path / "e.parquet")).charges(None, None)
    kinds = {one.kind for one in found.charges if not one.resource_id}
    assert kinds == {ChargeKind.COMMITMENT, ChargeKind.TAX, ChargeKind.FEE, ChargeKind.OTHER}
    assert found.notes == ("line_item_line_item_type Mystery: not known, counted as other",)


def test_effective_cost_spreads_commitments_over_what_they_covered(tmp_path: Path) -> None:
    found = BillingExport(cur_parquet(tmp_path / "e.parquet"), "effective").charges(None, None)
    endpoint = sum((one.amount for one in found.charges if one.resource_id == ENDPOINT), Decimal(0))
    assert endpoint == Decimal("1.2") + Decimal("0.1") - Decimal("0.05")
    (fee,) = (one for one in found.charges if one.kind is ChargeKind.COMMITMENT)
    assert fee.amount == Decimal("0.3")  # 1.5 committed for the hour, 1.2 used


def test_a_reservation_s_upfront_fee_is_a_commitment_and_has_no_effective_cost(tmp_path: Path) -> None:
    rows = [
        {**cur_row(1, "", "Fee", 100.0), "reservation_reservation_arn": "arn:aws:rds:eu-west-1:1:ri:r"},
        {**cur_row(2, "", "Fee", 5.0), "reservation_reservation_arn": ""},
    ]
    path = focus_csv(tmp_path / "e.csv", [{**row, "resource_tags": "{}"} for row in rows])
    billed = {one.kind: one.amount for one in BillingExport(path).charges(None, None).charges}
    assert billed == {ChargeKind.COMMITMENT: 100, ChargeKind.FEE: 5}
    effective = {one.kind: one.amount for one in BillingExport(path, "effective").charges(None, None).charges}
    assert effective == {ChargeKind.COMMITMENT: 0, ChargeKind.FEE: 5}


def test_effective_cost_without_its_column_is_refused_not_guessed(tmp_path: Path) -> None:
    rows = [{k: v for k, v in row.items() if not k.startswith("savings")} for row in cur_rows()]
    path = tmp_path / "e.parquet"
    schema = [field for field in CUR_SCHEMA if not field.name.startswith("savings")]
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    pq.write_table(pa.Table.from_pylist(rows, pa.schema(schema)), path)
    assert usd(BillingExport(path).charges(None, None)) == BILLED_USD
    with pytest.raises(UserError, match="has no column savings_plan_") as refused:
        BillingExport(path, "effective").charges(None, None)
    assert "--cost billed" in refused.value.remedy


def test_focus_is_read_by_its_own_names(tmp_path: Path) -> None:
    path = focus_csv(tmp_path / "focus.csv")
    assert usd(BillingExport(path).charges(None, None)) == Decimal("8.6000000034")
    assert usd(BillingExport(path, "effective").charges(None, None)) == Decimal("8.6000000034")
    (queue,) = (one for one in BillingExport(path).charges(None, None).charges if one.resource_id == "q")
    assert (queue.tags, queue.service) == ({"team": "search"}, "Amazon Simple Queue Service")


def test_a_folder_is_one_export_and_a_time_is_a_part_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    cur_parquet(folder / "BILLING_PERIOD=2026-10" / "e-00001.snappy.parquet", [
        cur_row(1, "vol-9", "Usage", 4.0, line_item_usage_start_date=datetime(2026, 10, 31, 23, 59),  # noqa: DTZ001
                identity_time_interval="2026-10-31T23:59:00Z/2026-11-01T00:00:00Z"),
    ])  # fmt: skip
    cur_parquet(folder / "BILLING_PERIOD=2026-11" / "e-00001.snappy.parquet")
    export = BillingExport(folder)
    november = datetime(2026, 11, 1, tzinfo=UTC)
    assert usd(export.charges(None, november)) == 4
    assert usd(export.charges(november, None)) == BILLED_USD
    assert usd(export.charges(None, None)) == BILLED_USD + 4
    with pytest.raises(UserError, match="has no row from 2026-12-01 00:00"):
        export.charges(datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def test_the_same_delivery_twice_is_refused(tmp_path: Path) -> None:
    cur_parquet(tmp_path / "data" / "run1" / "e.parquet")
    cur_parquet(tmp_path / "data" / "run2" / "e.parquet")
    with pytest.raises(UserError, match="22 rows lie in more than one file"):
        BillingExport(tmp_path / "data").charges(None, None)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("BilledCost", "many", "1 rows have no number in BilledCost"),
        ("BilledCost", "NaN", "1 rows have no number in BilledCost"),
        ("BilledCost", "inf", "1 rows have no number in BilledCost"),
        ("BilledCost", "", "1 rows have no amount"),
        ("BillingCurrency", "", "1 rows have no BillingCurrency"),
        ("ChargePeriodStart", "yesterday", "1 rows have no readable time in ChargePeriodStart"),
        ("Tags", "team=search", "tags 'team=search'"),
    ],
)
def test_a_cell_that_cannot_be_read_is_counted_and_refused(tmp_path: Path, column: str, value: str, said: str) -> None:
    rows = focus_rows()
    rows[1][column] = value
    with pytest.raises(UserError, match=said):
        BillingExport(focus_csv(tmp_path / "focus.csv", rows)).charges(None, None)


def test_what_is_no_export_is_refused_with_the_columns_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UserError, match=r"allowed: a CUR 2.0 or FOCUS 1.x export"):
        BillingExport(tmp_path / "other.csv").charges(None, None)
    rows = [{name: value for name, value in row.items() if name != "ServiceName"} for row in focus_rows()]
    with pytest.raises(UserError, match="has no column ServiceName; allowed"):
        BillingExport(focus_csv(tmp_path / "focus.csv", rows)).charges(None, None)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(UserError, match="cannot be read"):
        BillingExport(tmp_path / "broken.parquet").charges(None, None)
    with pytest.raises(UserError, match="does not exist"):
        BillingExport(tmp_path / "absent.parquet").charges(None, None)
    with pytest.raises(UserError, match="holds Parquet and CSV files"):
        BillingExport(tmp_path).charges(None, None)
