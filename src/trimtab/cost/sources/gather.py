"""One block of samples, out of the engine and flat: what is left is arithmetic on arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from trimtab.cost.sources.blocks import MOMENT_BITS, days

if TYPE_CHECKING:
    import ibis

    from trimtab.cost.sources.census import Names

_MINUTE, _MINUTES = 60_000_000, 1_440
"""A minute in microseconds, and how many a day has."""


@dataclass(frozen=True)
class Gathered:
    """The samples of one block of resources, flat.

    Attributes:
        rows: `resource, metric, day, total, size` (size: samples of the row): one row a resource, metric and day, in
            the order of the flat arrays; names as their numbers in the census.
        row: the row of each sample.
        bins, moments: each sample's bin, and microseconds since its day began.
    """

    rows: pd.DataFrame
    row: np.ndarray
    bins: np.ndarray
    moments: np.ndarray

    @cached_property
    def starts(self) -> np.ndarray:
        """First sample of each row."""
        size = self.rows["size"].to_numpy(dtype="int64")
        starts: np.ndarray = size.cumsum() - size
        return starts


def gather(table: ibis.Table, names: Names) -> Gathered:
    """Read one block of samples."""
    read = days(table)
    lists = read["samples"]
    packed = np.concatenate([chunk.flatten().to_numpy() for chunk in lists.chunks] or [np.empty(0, dtype="int64")])
    size = pc.list_value_length(lists).to_numpy()
    rows = pd.DataFrame(
        {
            "resource": names.resources.get_indexer(pd.Index(read["resource_id"].to_pandas())),
            "metric": names.metrics.get_indexer(pd.Index(read["metric"].to_pandas())),
            "day": read["day"].to_numpy(),
            "total": read["total"].to_pandas().fillna(0.0).to_numpy(dtype=float),
            "size": size,
        }
    )
    row = np.repeat(np.arange(len(rows), dtype="int32"), size)
    return Gathered(rows, row, (packed >> MOMENT_BITS).astype("int16"), packed & ((1 << MOMENT_BITS) - 1))


def duplicates(found: Gathered) -> int:
    """Count the samples of a moment beyond the first one of their resource and metric.

    A file in order of time needs one look. Of other files, days are looked at minute by minute, and only those with two
    samples in one minute are sorted.
    """
    turned = np.flatnonzero(found.moments[1:] <= found.moments[:-1])
    turned = turned[found.row[turned] == found.row[turned + 1]]
    suspect = np.zeros(len(found.rows), dtype=bool)
    suspect[found.row[turned]] = True
    suspect &= found.rows["day"].to_numpy() >= 0
    if not suspect.any():
        return 0
    minutes = np.zeros((len(suspect), _MINUTES), dtype=bool)
    minutes[found.row, found.moments // _MINUTE] = True
    suspect &= minutes.sum(axis=1) < found.rows["size"].to_numpy()
    mine = suspect[found.row]
    at = np.sort((found.row[mine].astype("int64") << MOMENT_BITS) + found.moments[mine])
    return int((at[1:] == at[:-1]).sum())
