"""Usage files: Parquet or CSV, long: `resource_id`, `metric`, `ts` (UTC), `value`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import duckdb
import ibis
import ibis.expr.datatypes as dt

from trimtab.cost.model import Defect
from trimtab.cost.sources.blocks import missing
from trimtab.cost.sources.engine import is_local
from trimtab.cost.sources.port import Samples, no_runs
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    import pandas as pd
    from ibis.backends import BaseBackend
    from ibis.backends.duckdb import Backend

    from trimtab.cost.model import Resource

USAGE_COLUMNS = ("resource_id", "metric", "ts", "value")


_PARQUET = {".parquet", ".pq"}


def parquet_pattern(path: Path) -> str:
    """Return what DuckDB reads of a path as Parquet: the file, or all files below a folder; empty: it is neither."""
    if path.is_dir():
        return str(path / "**" / "*.parquet")
    return str(path) if path.suffix.lower() in _PARQUET else ""


def row_groups(connection: Backend, pattern: str) -> pd.DataFrame | None:
    """Return `first, last, rows` of each row group: the lowest and highest `resource_id`, from the files' footers."""
    if not pattern:
        return None
    found: pd.DataFrame = connection.con.execute(
        "SELECT stats_min_value AS first, stats_max_value AS last, row_group_num_rows AS rows "
        "FROM parquet_metadata(?) WHERE path_in_schema = 'resource_id'",
        [pattern],
    ).df()
    return found


def open_table(connection: BaseBackend, path: Path, columns: Sequence[str], what: str) -> ibis.Table:
    """Open a Parquet or CSV file (or a folder of Parquet files) that must have `columns`.

    Raises:
        UserError: it is absent, empty, of another form, broken, or lacks a column.
    """
    if not path.exists():
        raise UserError(f"{what} {path}: does not exist", remedy="name a Parquet or CSV file that exists.")
    if path.is_file() and not path.stat().st_size:
        raise UserError(f"{what} {path}: is empty", remedy=f"name a file with the columns {', '.join(columns)}.")
    try:
        if path.is_dir():
            table = connection.read_parquet(parquet_pattern(path) if connection.name == "duckdb" else str(path))
        elif path.suffix.lower() in _PARQUET:
            table = connection.read_parquet(str(path))
        elif path.suffix.lower() in {".csv", ".gz", ".tsv", ".txt"}:
            as_text = {"all_varchar": True} if connection.name == "duckdb" else {"inferSchema": False}
            table = connection.read_csv(str(path), header=True, **as_text)
        else:
            raise UserError(
                f"{what} {path}: the ending {path.suffix or '(none)'} is not known; allowed: .parquet, .csv, .csv.gz",
                remedy="write it as Parquet or CSV and name it so.",
            )
    except (duckdb.Error, OSError) as error:
        raise UserError(
            f"{what} {path}: cannot be read: {str(error).splitlines()[0]}",
            remedy="check that the file is complete and of the form that its name says.",
        ) from error
    _require(table, columns, f"{what} {path}")
    return table


def _require(table: ibis.Table, columns: Sequence[str], what: str) -> None:
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise UserError(
            f"{what}: has no column {', '.join(absent)}; it has {', '.join(table.columns)}",
            remedy=f"name the columns {', '.join(columns)}.",
        )


def _utc(table: ibis.Table, origin: str) -> tuple[ibis.Value, Defect | None]:
    """Return `ts` as a naive UTC timestamp, and the note that naive times were read as UTC."""
    column = table.ts
    kind = column.type()
    if isinstance(kind, dt.String):
        # Stripped for stray blanks, and because DuckDB 2 pushes a bare cast of a CSV column into its reader, which
        # then fails on the first cell that is no time instead of giving null.
        zoned = column.strip().try_cast("timestamp('UTC')")
        naive = table.filter(~column.re_search(r"(Z|[+-]\d\d(:?\d\d)?)\s*$")).count().execute()
        return zoned.cast("timestamp"), _naive(int(naive))
    if isinstance(kind, dt.Timestamp):
        return column.cast("timestamp"), None if kind.timezone else _naive(int(table.count().execute()))
    raise UserError(
        f"usage {origin}: ts is {kind}; allowed: a timestamp, or text in ISO 8601",
        remedy="write ts as a timestamp in UTC, 2026-11-24T00:00:00Z.",
    )


def _naive(count: int) -> Defect | None:
    return Defect(code="time-without-zone", count=count, repair="read as UTC") if count else None


@dataclass(frozen=True)
class UsageFile:
    """Samples in a file."""

    connection: BaseBackend
    path: Path

    def samples(self, resources: Sequence[Resource], until: datetime | None) -> Samples:  # noqa: ARG002  # the port's
        """Open the file; nothing is read yet but its columns and whether it is empty."""
        table = open_table(self.connection, self.path, USAGE_COLUMNS, "usage")
        if not int(table.limit(1).count().execute()):
            raise UserError(f"usage {self.path}: holds no samples", remedy="name a file with at least one sample.")
        runs = partial(row_groups, self.connection, parquet_pattern(self.path)) if is_local(table) else no_runs
        return replace(shaped(table, str(self.path), until), runs=runs)


def shaped(table: ibis.Table, origin: str, until: datetime | None) -> Samples:
    """Bring a table with the columns of samples to the types of samples.

    Raises:
        UserError: a column is absent, or of a type that cannot be one.
    """
    _require(table, USAGE_COLUMNS, f"usage {origin}")
    ts, naive = _utc(table, origin)
    value = table["value"]
    if not isinstance(value.type(), dt.Numeric | dt.String):
        raise UserError(
            f"usage {origin}: value is {value.type()}; allowed: a number", remedy="write value as a number."
        )
    long = table.select(
        resource_id=table.resource_id.cast("string"),
        metric=table.metric.cast("string"),
        ts=ts,
        value=value.strip().try_cast("float64") if isinstance(value.type(), dt.String) else value.cast("float64"),
    )
    if until is not None:
        long = long.filter((long.ts < ibis.timestamp(until.replace(tzinfo=None))) | missing(long.ts))
    return Samples(long, origin, (naive,) if naive else ())
