"""One block of samples, out of the engine and flat: what is left is arithmetic on arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from trimtab.cost.sources.blocks import SECOND_BITS, days

if TYPE_CHECKING:
    import ibis

    from trimtab.cost.sources.census import Names

NO_DAY = np.iinfo("int32").min
"""What stands for the day of samples without a time."""
SECOND = (1 << SECOND_BITS) - 1
_MINUTE, _MINUTES = 60, 1_440
"""A minute in seconds, and how many a day has."""


@dataclass(frozen=True)
class Gathered:
    """The samples of one block of resources, flat.

    Attributes:
        rows: `resource, metric, day, total, first, last, size` (size: samples of the row): one row a resource, metric
            and day, in the order of the flat array; names as their numbers in the census.
        packed: each sample's bin, and below it the second of its day.
    """

    rows: pd.DataFrame
    packed: np.ndarray

    @cached_property
    def row(self) -> np.ndarray:
        """The row of each sample."""
        return np.repeat(np.arange(len(self.rows), dtype="int32"), self.rows["size"].to_numpy())

    @cached_property
    def bins(self) -> np.ndarray:
        """The bin of each sample."""
        bins: np.ndarray = (self.packed >> SECOND_BITS).astype("int16")
        return bins

    @property
    def seconds(self) -> np.ndarray:
        """The second of its day of each sample."""
        seconds: np.ndarray = self.packed & SECOND
        return seconds

    @cached_property
    def starts(self) -> np.ndarray:
        """First sample of each row."""
        size = self.rows["size"].to_numpy(dtype="int64")
        starts: np.ndarray = size.cumsum() - size
        return starts

    @cached_property
    def highest(self) -> np.ndarray:
        """The latest sample in the highest bin of each row."""
        if not len(self.rows):
            return self.packed
        highest: np.ndarray = np.maximum.reduceat(self.packed, self.starts)
        return highest


def gather(table: ibis.Table, names: Names) -> Gathered:
    """Read one block of samples."""
    read = days(table).to_pyarrow()
    lists = read["samples"].combine_chunks()
    rows = pd.DataFrame(
        {
            "resource": _numbers(read["resource_id"], names.resources),
            "metric": _numbers(read["metric"], names.metrics),
            "day": read["date"].cast(pa.int32()).fill_null(int(NO_DAY)).to_numpy(),
            "total": read["total"].fill_null(0.0).to_numpy(),
            "first": _moments(read["first"]),
            "last": _moments(read["last"]),
            "size": pc.list_value_length(lists).to_numpy(),
        }
    )
    return Gathered(rows, lists.flatten().to_numpy())


def _numbers(column: pa.ChunkedArray, names: pd.Index) -> np.ndarray:
    told = column.combine_chunks().dictionary_encode()
    places: np.ndarray = names.get_indexer(pd.Index(told.dictionary.to_pylist()))
    numbers: np.ndarray = places[told.indices.to_numpy()]
    return numbers


def _moments(column: pa.ChunkedArray) -> np.ndarray:
    moments: np.ndarray = column.cast(pa.timestamp("us")).to_numpy()
    return moments


def suspects(found: Gathered) -> np.ndarray:
    """Return the resources (by number) of which two samples of a metric may be of one moment.

    They fall into one second of a day. Days in order of time need one look; of other ones minutes are counted, and only
    those days are sorted that have two samples in one minute.
    """
    seconds = found.seconds
    turned = seconds[1:] <= seconds[:-1]
    turned[found.starts[1:] - 1] = False
    if not turned.any():
        return np.empty(0, dtype="int64")
    size = found.rows["size"].to_numpy()
    minutes = np.zeros((len(size), _MINUTES), dtype=bool)
    before = np.arange(len(size), dtype="int64") * _MINUTES
    minutes.reshape(-1)[np.repeat(before, size) + seconds // _MINUTE] = True
    close = (minutes.sum(axis=1) < size) & (found.rows["day"].to_numpy() != NO_DAY)
    looked = close[found.row]
    at = np.sort((found.row[looked].astype("int64") << SECOND_BITS) + seconds[looked])
    again = np.unique(at[1:][at[1:] == at[:-1]] >> SECOND_BITS)
    owners: np.ndarray = np.unique(found.rows["resource"].to_numpy()[again])
    return owners
