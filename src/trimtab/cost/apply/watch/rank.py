"""Whether a wait got longer: a rank test, and how much longer; pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, median
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

SIGNIFICANCE, EFFECT, RATIO = 0.01, 0.71, 1.2
"""A rise needs all three; see `Rise`."""
LEAST_BEFORE, LEAST_AFTER = 10, 3
"""Under 10 and 3 samples no order of them would be rarer than one in a hundred by chance."""


@dataclass(frozen=True)
class Rise:
    """Two samples compared.

    Attributes:
        likely: p of the one-sided test of Mann and Whitney (1947), by the normal approximation with correction for
            ties and continuity. Minutes follow each other, so there is less in them than their number says: the next
            two decide what matters.
        effect: how often a wait after is longer than one before, ties by half (Vargha and Delaney 2000, who call 0.71
            large); 0.5 where nothing changed.
        before, after: medians. A shift of 1 % that is always there is certain, and nobody goes back for it: 20 % it
            must be.
    """

    likely: float
    effect: float
    before: float
    after: float

    @property
    def counts(self) -> bool:
        """Whether it is one."""
        return self.likely < SIGNIFICANCE and self.effect >= EFFECT and self.after > RATIO * self.before


def rise(before: Sequence[float], after: Sequence[float]) -> Rise | None:
    """Compare waits of like hours; None where there are too few to tell."""
    first, second = len(before), len(after)
    if first < LEAST_BEFORE or second < LEAST_AFTER:
        return None
    ranks = pd.Series([*before, *after]).rank()
    larger = float(ranks.iloc[first:].sum()) - second * (second + 1) / 2
    return Rise(_likely(larger, first, second, ranks), larger / (first * second), median(before), median(after))


def _likely(larger: float, first: int, second: int, ranks: pd.Series[float]) -> float:
    total = first + second
    ties = float((ranks.value_counts() ** 3 - ranks.value_counts()).sum()) / (total * (total - 1))
    variance = first * second / 12 * (total + 1 - ties)
    if variance <= 0:
        return 1.0  # all are alike
    return 1 - NormalDist().cdf((larger - first * second / 2 - 0.5) / sqrt(variance))
