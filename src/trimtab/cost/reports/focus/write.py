"""The data set as a file's bytes."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from trimtab.cost.reports.focus.rows import utc

if TYPE_CHECKING:
    import pyarrow as pa


def to_parquet_bytes(table: pa.Table) -> bytes:
    """Write Parquet; the file's metadata name the standard and its version."""
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()


def to_csv_bytes(table: pa.Table) -> bytes:
    """Write CSV, RFC 4180: times in ISO 8601 with Z, tags as a JSON object, null as nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.column_names)
    for row in table.to_pylist(maps_as_pydicts="strict"):
        writer.writerow([_written(value) for value in row.values()])
    return text.getvalue().encode()


def _written(value: Any) -> object:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True)
    return value
