"""trimtab's own estimator of a machine's need: the smallest level that is surely enough inside the budget."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.sizing.exceedance import ROUNDING, exceedance
from trimtab.cost.sizing.machine import RECENT_DAYS, worst
from trimtab.cost.sizing.quantiles import merged, quantile

if TYPE_CHECKING:
    from trimtab.cost.sizing.window import Window


@dataclass(frozen=True)
class Bounded:
    """The smallest level whose share of samples over it is inside the budget, with the confidence at stake.

    need = the smallest x with share(y) + z(y) · error(y) ≤ budget for every y ≥ x, and at least r, where share and
    error are those of `exceedance`, z(y) is the normal quantile of the confidence asked for at y, and r the quantile
    at the budget of the last week: a size that did not hold last week is not advised.

    The confidence follows from what is at stake. Rung r in place of 2r saves r of a machine; if it goes over its
    budget, that loses `worth` machines. So r is worth taking while the chance of going over is at most r / worth:

    ```
    rung        1/2    1/4    1/8    1/16
    confidence  0.500  0.750  0.875  0.938
    z           0.000  0.674  1.150  1.534
    ```

    A short history has a large error, so it tightens the budget; so does one whose days differ much.

    Attributes:
        half_life_days: days after which a day weighs half. Two weeks: two of each weekday weigh as much as all
            that came before. One and four weeks give the same advice for all but a few machines in a hundred
            (`python -m benchmarks.replay --folds 5`).
        worth: machines lost with one that goes over its budget. One: the goal sets 5 % of the series over budget
            against 5 % of the saving, one for one. Half and twice trade one for the other smoothly.
    """

    half_life_days: float = 14.0
    worth: float = 1.0

    def __call__(self, past: Window, budget: float) -> pd.Series:
        """Return the need by key, as a share of capacity."""
        found = exceedance(past, self.half_life_days)
        # 0 · ∞ (even chances asked for, one day seen) is no proof: NaN is not inside either.
        with np.errstate(invalid="ignore"):
            inside = found.share + self.z(found.level) * found.error <= budget + ROUNDING
        # One level up from the highest that is not inside; the highest of all is, since nothing lies over it.
        outside = ~inside
        highest = outside.shape[1] - 1 - outside[:, ::-1].argmax(axis=1)
        place = np.where(outside.any(axis=1), highest + 1, 0)
        need = pd.Series(found.level[place], index=found.keys)
        return need.clip(lower=quantile(merged(past.recent(RECENT_DAYS)), 1 - budget))

    def allowed(self, past: Window, budget: float, rungs: pd.Series) -> pd.Series:
        """Return by resource the share over its rung that the past may show: what its error leaves of the budget.

        Args:
            past: histograms by day.
            budget: share of samples that may lie over the capacity.
            rungs: advised capacity by resource.
        """
        found = exceedance(past, self.half_life_days)
        rung = rungs.reindex(past.resources[past.sizes > 0]).to_numpy()
        column = np.searchsorted(found.level, rung * (1 - ROUNDING))
        # Over the highest level there is nothing, surely.
        error = np.pad(found.error, ((0, 0), (0, 1)))[np.arange(len(column)), np.minimum(column, len(found.level))]
        with np.errstate(invalid="ignore"):
            left = np.nan_to_num(budget - self.z(rung) * error, nan=0.0).clip(min=0.0)
        return worst(past, pd.Series(-left, index=found.keys)) * -1

    def z(self, level: np.ndarray) -> np.ndarray:
        """Return the normal quantile of the confidence asked for at each level; never less than even chances."""
        normal = NormalDist()
        return np.array([normal.inv_cdf(max(0.5, 1 - one / self.worth)) for one in level.tolist()])


trimtab_need = Bounded()
