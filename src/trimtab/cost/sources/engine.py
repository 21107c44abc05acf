"""The query engine that reduces samples where they lie: DuckDB, through Ibis."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING
from uuid import uuid4

import ibis
import pyarrow as pa

if TYPE_CHECKING:
    import pandas as pd
    from ibis.backends.duckdb import Backend

# DuckDB spills to disk beyond it. Of 4 GiB, which must do for a billion samples, most is for what stays of them
# (a byte a sample) and for the advice (10 kB a resource).
MEMORY_LIMIT = "1GB"


def connect() -> Backend:
    """Open an in-memory DuckDB that reads times as UTC and spills into the system's temporary folder."""
    connection = ibis.duckdb.connect(
        memory_limit=MEMORY_LIMIT, temp_directory=tempfile.gettempdir(), preserve_insertion_order=False
    )
    # Not a connect option: it needs the ICU part of DuckDB, which is loaded while connecting.
    connection.raw_sql("SET TimeZone = 'UTC'")
    return connection


def in_memory(connection: Backend, frame: pd.DataFrame) -> ibis.Table:
    """Let the engine read a frame where it lies.

    Ibis's own `create_table` of a frame fails with DuckDB 2 (it drops a view without a name).
    """
    name = f"frame_{uuid4().hex}"
    connection.con.register(name, pa.Table.from_pandas(frame, preserve_index=False))
    return connection.table(name)


def is_local(table: ibis.Table) -> bool:
    """Whether this machine's own engine reads a table, and not one that holds more than this machine could."""
    name: str = table.get_backend().name
    return name == "duckdb"
