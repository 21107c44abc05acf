"""Quantiles and shares of many histograms at once; a histogram is rows `key, bin, weight` of a flat frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.model.bins import upper_edge

if TYPE_CHECKING:
    from collections.abc import Sequence


def merged(blocks: pd.DataFrame, weight: np.ndarray | None = None) -> pd.DataFrame:
    """Merge the days of each key: `key, bin, weight`, sorted.

    Args:
        blocks: rows `key, day, bin, n`.
        weight: weight of each row's samples (decay by age); None: 1.
    """
    weighted = blocks.n.to_numpy(dtype=float) if weight is None else blocks.n.to_numpy() * weight
    frame = pd.DataFrame({"key": blocks.key.to_numpy(), "bin": blocks.bin.to_numpy(), "weight": weighted})
    summed: pd.DataFrame = frame.groupby(["key", "bin"], sort=True)["weight"].sum().reset_index()
    return summed


def quantile(histogram: pd.DataFrame, share: float) -> pd.Series:
    """Return each key's quantile as the upper edge of its bin, indexed by key."""
    running = histogram.groupby("key")["weight"].cumsum()
    total = histogram.groupby("key")["weight"].transform("sum")
    # A whole sample short by rounding of the running sum is not short.
    reached = histogram[running >= share * total * (1 - 1e-12)]
    first = reached.groupby("key")["bin"].min()
    return pd.Series(upper_edge(first.to_numpy()), index=first.index)


def share_over(histogram: pd.DataFrame, bins: Sequence[int]) -> pd.DataFrame:
    """Return the share of weight above each of `bins`: one row a key, one column a bin."""
    total = histogram.groupby("key")["weight"].sum()
    columns = {
        edge: histogram["weight"].where(histogram["bin"] > edge, 0.0).groupby(histogram["key"]).sum() / total
        for edge in bins
    }
    return pd.DataFrame(columns, index=total.index)


def aged(blocks: pd.DataFrame, half_life_days: float) -> np.ndarray:
    """Return the weight of each row: a half for each half-life before the key's newest day."""
    newest = blocks.groupby("key")["day"].transform("max")
    age = (newest - blocks["day"]).to_numpy(dtype=float)
    return np.exp2(-age / half_life_days)
