"""Right size of single machines, from their daily histograms; all machines of a run at once.

A machine is sized in halves (1, 1/2, 1/4, 1/8, 1/16 of what it has): the smallest rung that holds the need of
every demand metric. A `Need` turns histograms into one share of capacity a key; strategies differ by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from trimtab.cost.model.bins import PER_OCTAVE
from trimtab.cost.sizing.quantiles import merged, share_above

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.sizing.window import Window

RUNGS: tuple[float, ...] = (1.0, 0.5, 0.25, 0.125, 0.0625)
RUNG_BINS: tuple[int, ...] = tuple(-PER_OCTAVE * octave for octave in range(len(RUNGS)))

# A week holds one of each weekday: the shortest past that shows a whole rhythm.
RECENT_DAYS = 7


class Need(Protocol):
    """An estimator: the share of capacity that each key needs."""

    def __call__(self, past: Window, budget: float) -> pd.Series:
        """Return the need by key.

        Args:
            past: histograms by day; a key is one resource and metric. Keys without samples have no need.
            budget: share of samples that may lie over the capacity.
        """
        ...


def rung_of(need: pd.Series) -> pd.Series:
    """Return the smallest rung that is at least `need`; 1 where none is.

    ```
    need  0.03    0.0625  0.07   0.26  0.5  0.8  1.2
    rung  0.0625  0.0625  0.125  0.5   0.5  1.0  1.0
    ```
    """
    smallest_first = np.array(RUNGS[::-1])
    place = np.searchsorted(smallest_first, need.to_numpy() - 1e-12)
    return pd.Series(smallest_first[np.minimum(place, len(smallest_first) - 1)], index=need.index)


def choose(past: Window, need: Need, budget: float) -> pd.Series:
    """Return the rung by resource: the largest one that any of its metrics asks for.

    Args:
        past: histograms by day; a key is one resource and metric.
        need: the estimator.
        budget: share of samples that may lie over the capacity.
    """
    return worst(past, rung_of(need(past, budget)))


def worst(past: Window, values: pd.Series) -> pd.Series:
    """Return the highest value of each resource's keys, by resource."""
    owner = pd.Series(past.resources, index=past.keys)
    highest: pd.Series = values.groupby(owner.reindex(values.index)).max()
    return highest


def later_over(later: Window, rungs: pd.Series) -> pd.Series:
    """Return by resource the share of later samples over its rung, of the worst metric.

    Args:
        later: histograms by day.
        rungs: by resource; resources without one are absent.
    """
    level = pd.Series(rungs.reindex(later.resources).to_numpy(), index=later.keys)
    return worst(later, share_above(merged(later), level))


def walk_forward(past: Window, need: Need, budget: float, cuts: Sequence[float] = (0.5, 0.65, 0.8)) -> pd.DataFrame:
    """Choose with the first part of the past and judge on the rest, at several moments.

    The cuts leave the first half to learn from and at least a fifth to be judged.

    Returns:
        Rows `resource, cut, rung, violation`: violation is the share of the later samples over the rung, of the
        worst metric. A resource without samples on both sides of a cut has no row for it.
    """
    rows = []
    for cut in cuts:
        seen, later = past.cut(cut)
        rungs = choose(seen, need, budget)
        violation = later_over(later, rungs)
        frame = pd.DataFrame({"resource": violation.index, "cut": cut, "violation": violation.to_numpy()})
        rows.append(frame.assign(rung=frame["resource"].map(rungs)))
    return pd.concat(rows, ignore_index=True)[["resource", "cut", "rung", "violation"]]
