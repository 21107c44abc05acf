"""What a container needs: an estimator for what can be throttled and one for what cannot; all workloads at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.sizing.machine import RECENT_DAYS
from trimtab.cost.sizing.quantiles import merged, quantile, share_above

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.sizing.machine import Need
    from trimtab.cost.sizing.window import Window

# Room over the highest memory ever seen: 15 %, the default of both KRR (`--memory-buffer-percentage`) and the
# Kubernetes VPA (`--recommendation-margin-fraction`). A container over its memory is killed, not slowed.
MEMORY_HEADROOM = 0.15

CUTS = (0.5, 0.65, 0.8)
"""Moments of a workload's life at which the choice is walked forward: the same as for machines."""


def cpu_need(past: Window, budget: float) -> pd.Series:
    """Weigh the tail of the whole past against the last week: max(r, √(t · r)).

    r is the quantile at the budget of the last week, t the one at half the budget of the whole past. Without the
    machines' exponent and factor: a request is set in millicores, so there is no rung to round up to, and a
    container over its request is slowed only where its node is full.
    """
    last = quantile(merged(past.recent(RECENT_DAYS)), 1 - budget)
    tail = quantile(merged(past), 1 - budget / 2)
    weighed: pd.Series = (tail * last) ** 0.5
    return weighed.clip(lower=last)


def memory_need(past: Window, budget: float) -> pd.Series:  # noqa: ARG001  # the port's; memory has no budget
    """Return the highest sample ever seen and its headroom, whatever the budget."""
    return quantile(merged(past), 1.0) * (1 + MEMORY_HEADROOM)


def walked(past: Window, need: Need, budget: float, cuts: Sequence[float] = CUTS) -> pd.DataFrame:
    """Choose with the first part of the past and judge on the rest, at several moments.

    Args:
        past: histograms by day of one metric; a key is one resource.
        need: the estimator.
        budget: share of samples that may lie over the request.
        cuts: shares of each key's own life.

    Returns:
        Rows `key, cut, need, violation`; a key without samples on both sides of a cut has no row for it.
    """
    rows = []
    for cut in cuts:
        seen, later = past.cut(cut)
        needs = need(seen, budget)
        shares = share_above(merged(later), needs)
        frame = pd.DataFrame({"key": shares.index, "cut": cut, "violation": shares.to_numpy()})
        rows.append(frame.assign(need=frame["key"].map(needs)))
    return pd.concat(rows, ignore_index=True)[["key", "cut", "need", "violation"]]
