"""From flat samples to histograms by day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.model.bins import LOWEST
from trimtab.cost.model.daily import Daily
from trimtab.cost.sources.blocks import BROKEN, DAY_SECONDS, MOMENT_BITS, NOISE

if TYPE_CHECKING:
    from trimtab.cost.sources.census import Names
    from trimtab.cost.sources.gather import Gathered

_DAY = DAY_SECONDS * 1_000_000


def usable(found: Gathered) -> Gathered:
    """Leave out what is broken, and rows of which nothing is left; noise counts as no load."""
    if not (found.bins > BROKEN).any():
        return found
    bins = np.where(found.bins == NOISE, np.int16(LOWEST), found.bins)
    kept = bins < BROKEN
    sizes = np.bincount(found.row[kept], minlength=len(found.rows))
    rows = found.rows.assign(size=sizes)[sizes > 0].reset_index(drop=True)
    row = np.repeat(np.arange(len(rows), dtype="int32"), rows["size"])
    return replace(found, rows=rows, row=row, bins=bins[kept], moments=found.moments[kept])


def daily(found: Gathered, names: Names) -> Daily:
    """Count the samples of a block by resource, metric, day and bin.

    Args:
        found: one block, usable samples only, what is impossible already clipped.
        names: of the numbers in it.
    """
    starts = found.starts
    highest = np.maximum.reduceat((found.bins.astype("int64") << MOMENT_BITS) + found.moments, starts)
    begin = found.rows["day"].to_numpy(dtype="int64") * _DAY
    resource, metric = (found.rows[name].to_numpy(dtype="int64") for name in ("resource", "metric"))
    days = pd.DataFrame(
        {
            "resource": resource,
            "metric": pd.Categorical.from_codes(metric, names.metrics),
            "key": resource * len(names.metrics) + metric,
            "day": found.rows["day"].to_numpy(),
            "n": found.rows["size"].to_numpy(),
            "total": found.rows["total"].to_numpy(),
            "first": _time(begin + np.minimum.reduceat(found.moments, starts)),
            "last": _time(begin + np.maximum.reduceat(found.moments, starts)),
            "peak_bin": highest >> MOMENT_BITS,
            "peak_at": _time(begin + (highest & ((1 << MOMENT_BITS) - 1))),
        }
    )
    order = np.lexsort((days["day"].to_numpy(), days["key"].to_numpy()))
    ends, bins, counts = _entries(found, order)
    return Daily(days.iloc[order].reset_index(drop=True), ends, bins, counts, pd.DataFrame())


def _time(microseconds: np.ndarray) -> np.ndarray:
    return microseconds.astype("datetime64[us]")


def _entries(found: Gathered, order: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return `ends, bins, counts` of the rows in `order`, each number as small as it can be."""
    if not len(order):
        return np.empty(0, dtype="int64"), np.empty(0, dtype="int16"), np.empty(0, dtype="uint8")
    lowest = int(found.bins.min())
    width = int(found.bins.max()) - lowest + 1
    place = np.empty(len(order), dtype="int64")
    place[order] = np.arange(len(order)) * width - lowest
    dense = np.bincount(np.repeat(place, found.rows["size"]) + found.bins, minlength=len(order) * width)
    entries = np.flatnonzero(dense)
    counts = dense[entries]
    ends = np.cumsum(np.bincount(entries // width, minlength=len(order)))
    return ends, (entries % width + lowest).astype("int16"), counts.astype(np.min_scalar_type(counts.max()))
