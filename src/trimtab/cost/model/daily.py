"""Histograms of load by day, of many resources at once, as small as they are sparse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Daily:
    """One block of resources.

    A five-minute series fills about eighty bins a day, so a sample costs about a byte: a billion of them fit into the
    memory of a laptop, and nothing that sizing asks for was lost.

    Attributes:
        days: one row a key and day with samples, sorted by both: `resource, metric, key, day, n, total, first, last,
            peak_bin, peak_at`; a resource is the number that `Reduced.codes` has for its name, a key the number of
            one resource and metric, `day` counts from 1970, times are datetime64.
        ends: behind the last entry of each row, in `bins` and `counts`.
        bins: bins with samples, row after row.
        counts: samples in them.
        hours: `subject, metric, hour, mean, peak, samples`: load by hour of the week; empty where not asked for.
    """

    days: pd.DataFrame
    ends: np.ndarray
    bins: np.ndarray
    counts: np.ndarray
    hours: pd.DataFrame

    @property
    def sizes(self) -> np.ndarray:
        """Number of entries of each row."""
        sizes: np.ndarray = np.diff(self.ends, prepend=0)
        return sizes

    def where(self, rows: np.ndarray) -> Daily:
        """Return the rows for which `rows` is true."""
        if rows.all():
            return self
        entries = np.repeat(rows, self.sizes)
        return replace(
            self,
            days=self.days[rows].reset_index(drop=True),
            ends=np.cumsum(self.sizes[rows]),
            bins=self.bins[entries],
            counts=self.counts[entries],
        )
