"""One day of one source: a Parquet file that is the old one or the new one, never a part."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from trimtab.cost.files import sync_folder
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from pathlib import Path

SCHEMA = pa.schema(
    [("key", pa.string()), ("ts", pa.timestamp("us")), ("value", pa.float64()), ("read_at", pa.timestamp("us"))]
)
"""A row with `ts` is a point. A row with `read_at` says when the whole day of that series was read last: a series that
had no point was asked for all the same."""

_FILE, _PARTIAL = "points.parquet", ".partial"


@dataclass(frozen=True)
class DayFile:
    """The folder `day=2026-11-24` of a source."""

    folder: Path

    @classmethod
    def of(cls, source: Path, day: date) -> DayFile:
        """Return the file of a day; it may not be there."""
        return cls(source / f"day={day.isoformat()}")

    def read(self, keys: Collection[str] | None = None) -> pa.Table:
        """Return the rows of `keys`; a file that is absent or broken holds none, and is read anew."""
        wanted = None if keys is None else pc.field("key").isin(pa.array(keys, pa.string()))
        try:
            return pq.read_table(self.folder / _FILE, schema=SCHEMA, filters=wanted, partitioning=None)
        except (OSError, pa.ArrowException):
            return SCHEMA.empty_table()

    def put(self, rows: pa.Table) -> None:
        """Replace what is known of the series that `rows` speak of. The caller holds the store's lock.

        Raises:
            WorldError: it cannot be written; the old file stands.
        """
        old = self.read()
        others = old.filter(pc.invert(pc.is_in(old["key"], value_set=pc.unique(rows["key"]))))
        whole = pa.concat_tables([others, rows]).sort_by([("key", "ascending"), ("ts", "ascending")])
        partial = self.folder / f"{_FILE}.{os.getpid()}{_PARTIAL}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for left in self.folder.glob(f"*{_PARTIAL}"):  # of a run that was killed
                left.unlink()
            with partial.open("wb") as file:
                pq.write_table(whole, file, compression="zstd")
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self.folder / _FILE)
            sync_folder(self.folder)
        except OSError as error:
            raise WorldError(
                f"--store {self.folder}: cannot be written: {error.strerror}; what it held before stands",
                remedy="make room on its disk, or leave --store out.",
            ) from error
