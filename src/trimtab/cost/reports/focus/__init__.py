"""The report's week as a FOCUS 1.2 data set: Parquet or CSV, one row a resource and day."""

from __future__ import annotations

from trimtab.cost.reports.focus.check import problems
from trimtab.cost.reports.focus.columns import COLUMNS, Column, Level
from trimtab.cost.reports.focus.rows import left_out, to_table
from trimtab.cost.reports.focus.write import to_csv_bytes, to_parquet_bytes

__all__ = ["COLUMNS", "Column", "Level", "left_out", "problems", "to_csv_bytes", "to_parquet_bytes", "to_table"]
