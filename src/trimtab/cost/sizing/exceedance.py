"""How often a load passes each level, and how sure that is: days are the clusters, old ones weigh less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.model.bins import upper_edge

if TYPE_CHECKING:
    import pandas as pd

    from trimtab.cost.sizing.window import Window

ROUNDING = 1e-12
"""Shares below it are rounding of a weighed sum, not samples."""


@dataclass(frozen=True)
class Exceedance:
    """Samples over the upper edge of each bin; only keys with samples.

    Attributes:
        keys: number of each key.
        level: upper edge of each bin, as a share of capacity.
        share: share of each key's samples over each level.
        error: standard error of that share; infinite where one day is all there is and some of it lies over.
    """

    keys: pd.Index
    level: np.ndarray
    share: np.ndarray
    error: np.ndarray


def exceedance(past: Window, half_life_days: float) -> Exceedance:
    """Estimate the share over each level as a ratio over clusters of unequal size.

    Samples of one day go over together (a night's job, a busy Monday), so the day is what is drawn, not the sample.
    With a_d of n_d samples over a level on day d, of m days, each weighing w_d:

        share = Σ w a / Σ w n        error² = m / (m - 1) · Σ (w (a - share · n))² / (Σ w n)²

    (Cochran, Sampling Techniques, 3rd edition, section 3.12; the weights enter as factors of the clusters.)

    Args:
        past: histograms by day.
        half_life_days: days after which a day weighs half.
    """
    there = past.sizes > 0
    weight = past.weights(half_life_days)[there]
    running = past.running[there]
    days = ((weight > 0) & (np.diff(past.totals[there], axis=1) > 0)).sum(axis=1)
    weighed = past.aged(half_life_days)[there]
    total = weighed.sum(axis=1, keepdims=True)
    below = weighed.cumsum(axis=1) / total
    squares = _squares(running, weight, below)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(squares * (days / (days - 1))[:, None]) / total
    share = np.maximum(0.0, 1 - below)
    error = np.where(share > ROUNDING, np.where(days[:, None] > 1, error, np.inf), 0.0)
    level = upper_edge(np.arange(share.shape[1]) + past.lowest)
    return Exceedance(past.keys[there], level, share, error)


def _squares(running: np.ndarray, weight: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Return Σ (w (a - share · n))² of each key and bin, day by day, so that one day's arrays stay in the cache.

    Counted below a level instead of above it, which differs as much, with the other sign.
    """
    squares, off = np.zeros_like(below), np.empty_like(below)
    for day in np.flatnonzero(weight.any(axis=0)):
        counts = running[:, day + 1] - running[:, day]
        np.cumsum(counts, axis=1, out=counts)
        np.multiply(below, counts[:, -1:], out=off)
        np.subtract(counts, off, out=off)
        off *= weight[:, day, None]
        off *= off
        squares += off
    return squares
