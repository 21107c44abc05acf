"""From flat samples to histograms by day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.model.bins import LOWEST
from trimtab.cost.model.daily import Daily
from trimtab.cost.sources.blocks import BROKEN, DAY_SECONDS, NOISE, SECOND_BITS
from trimtab.cost.sources.gather import SECOND, Gathered

if TYPE_CHECKING:
    from trimtab.cost.sources.census import Names


def usable(found: Gathered) -> Gathered:
    """Leave out what is broken, and rows of which nothing is left; noise counts as no load."""
    broken = (found.highest >> SECOND_BITS) > BROKEN
    if not broken.any():
        return found
    bins, seconds = np.where(found.bins == NOISE, np.int16(LOWEST), found.bins), found.seconds
    kept = bins < BROKEN
    sizes = np.bincount(found.row[kept], minlength=len(found.rows))
    packed = (bins[kept].astype("int32") << SECOND_BITS) + seconds[kept]
    rows = found.rows.assign(size=sizes)
    left = Gathered(rows[sizes > 0].reset_index(drop=True), packed)
    return replace(left, rows=_ends_again(left, broken[sizes > 0]))


def _ends_again(found: Gathered, of: np.ndarray) -> pd.DataFrame:
    """Return the rows; first and last sample of those `of` which it was left out, to the second."""
    if not len(found.rows):
        return found.rows
    day = found.rows["day"].to_numpy(dtype="int64") * DAY_SECONDS
    for name, end in (("first", np.minimum), ("last", np.maximum)):
        told, left = found.rows[name].to_numpy(), _time(day + end.reduceat(found.seconds, found.starts))
        gone = of & (told.astype("datetime64[s]") != left)
        found = replace(found, rows=found.rows.assign(**{name: np.where(gone, left, told)}))
    return found.rows


def daily(found: Gathered, names: Names) -> Daily:
    """Count the samples of a block by resource, metric, day and bin.

    Args:
        found: one block, usable samples only, what is impossible already clipped.
        names: of the numbers in it.
    """
    resource, metric = (found.rows[name].to_numpy(dtype="int64") for name in ("resource", "metric"))
    key, day = resource * len(names.metrics) + metric, found.rows["day"].to_numpy()
    days = pd.DataFrame(
        {
            "resource": resource,
            "metric": pd.Categorical.from_codes(metric, names.metrics),
            "key": key,
            "day": day,
            "n": found.rows["size"].to_numpy(),
            "total": found.rows["total"].to_numpy(),
            "first": found.rows["first"].to_numpy(),
            "last": found.rows["last"].to_numpy(),
            "peak_bin": found.highest >> SECOND_BITS,
            "peak_at": _time(day.astype("int64") * DAY_SECONDS + (found.highest & SECOND)),
        }
    )
    order = np.lexsort((day, key))
    ends, bins, counts = _entries(found, order)
    return Daily(days.iloc[order].reset_index(drop=True), ends, bins, counts, pd.DataFrame())


def _time(seconds: np.ndarray) -> np.ndarray:
    return seconds.astype("datetime64[s]").astype("datetime64[us]")


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
