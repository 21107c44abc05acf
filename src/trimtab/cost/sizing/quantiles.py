"""Quantiles and shares of many histograms at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.model.bins import bin_of, upper_edge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.sizing.window import Window


@dataclass(frozen=True)
class Merged:
    """Histograms without their days; only keys with samples.

    Attributes:
        keys: number of each key.
        lowest: bin of the first column.
        weight: weight of each key and bin.
    """

    keys: pd.Index
    lowest: int
    weight: np.ndarray


def merged(past: Window, half_life_days: float | None = None) -> Merged:
    """Merge the days of each key.

    Args:
        past: histograms by day.
        half_life_days: days after which a sample weighs half; None: all weigh 1.
    """
    there = past.sizes > 0
    weight = past.counts if half_life_days is None else past.aged(half_life_days)
    return Merged(past.keys[there], past.lowest, weight[there])


def quantile(histograms: Merged, share: float) -> pd.Series:
    """Return each key's quantile as the upper edge of its bin, indexed by key."""
    running = histograms.weight.cumsum(axis=1)
    # A whole sample short by rounding of the running sum is not short.
    reached = running >= share * running[:, -1:] * (1 - 1e-12)
    return pd.Series(upper_edge(reached.argmax(axis=1) + histograms.lowest), index=histograms.keys)


def share_over(histograms: Merged, bins: Sequence[int]) -> pd.DataFrame:
    """Return the share of weight above each of `bins`: one row a key, one column a bin."""
    total = histograms.weight.sum(axis=1)
    above = {edge: histograms.weight[:, max(0, edge - histograms.lowest + 1) :].sum(axis=1) / total for edge in bins}
    return pd.DataFrame(above, index=histograms.keys)


def share_above(histograms: Merged, level: pd.Series) -> pd.Series:
    """Return the share of each key's weight above its own level; keys without a level are absent.

    Args:
        histograms: of keys.
        level: by key, in the unit of the loads.
    """
    own = level.reindex(histograms.keys).to_numpy(dtype=float)
    known = np.isfinite(own)
    weight = histograms.weight[known]
    column = np.clip(bin_of(own[known]) - histograms.lowest, -1, weight.shape[1] - 1)
    running = np.pad(weight.cumsum(axis=1), ((0, 0), (1, 0)))
    below = np.take_along_axis(running, column[:, None] + 1, axis=1)[:, 0]
    return pd.Series((running[:, -1] - below) / running[:, -1], index=histograms.keys[known])
