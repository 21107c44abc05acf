"""What a container needs: an estimator for what can be throttled and one for what cannot; all workloads at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.model.bins import bin_of
from trimtab.cost.sizing.machine import recent
from trimtab.cost.sizing.quantiles import merged, quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.sizing.machine import Need

# Room over the highest memory ever seen: 15 %, the default of both KRR (`--memory-buffer-percentage`) and the
# Kubernetes VPA (`--recommendation-margin-fraction`). A container over its memory is killed, not slowed.
MEMORY_HEADROOM = 0.15

CUTS = (0.5, 0.65, 0.8)
"""Moments of a workload's life at which the choice is walked forward: the same as for machines."""


def cpu_need(blocks: pd.DataFrame, budget: float) -> pd.Series:
    """Weigh the tail of the whole past against the last week: max(r, √(t · r)).

    r is the quantile at the budget of the last week, t the one at half the budget of the whole past. Without the
    machines' exponent and factor: a request is set in millicores, so there is no rung to round up to, and a
    container over its request is slowed only where its node is full.
    """
    last = quantile(merged(recent(blocks)), 1 - budget)
    tail = quantile(merged(blocks), 1 - budget / 2)
    weighed: pd.Series = (tail * last) ** 0.5
    return weighed.clip(lower=last)


def memory_need(blocks: pd.DataFrame, budget: float) -> pd.Series:  # noqa: ARG001  # the port's; memory has no budget
    """Return the highest sample ever seen and its headroom, whatever the budget."""
    return quantile(merged(blocks), 1.0) * (1 + MEMORY_HEADROOM)


def share_above(histogram: pd.DataFrame, level: pd.Series) -> pd.Series:
    """Return the share of each key's weight above its own level.

    Args:
        histogram: rows `key, bin, weight`.
        level: by key, in the unit of the loads.
    """
    edge = pd.Series(bin_of(level.to_numpy()), index=level.index)
    above = histogram["weight"].where(histogram["bin"] > histogram["key"].map(edge), 0.0)
    total: pd.Series = histogram.groupby("key")["weight"].sum()
    return above.groupby(histogram["key"]).sum() / total


def walked(blocks: pd.DataFrame, need: Need, budget: float, cuts: Sequence[float] = CUTS) -> pd.DataFrame:
    """Choose with the first part of the past and judge on the rest, at several moments.

    Args:
        blocks: rows `key, day, bin, n` of one metric; a key is one resource.
        need: the estimator.
        budget: share of samples that may lie over the request.
        cuts: shares of each key's own life.

    Returns:
        Rows `key, cut, need, violation`; a key without samples on both sides of a cut has no row for it.
    """
    span = blocks.groupby("key")["day"].agg(["min", "max"])
    start, end = blocks["key"].map(span["min"]), blocks["key"].map(span["max"])
    rows = []
    for cut in cuts:
        seen = blocks["day"] < start + (end - start + 1) * cut
        both = set(blocks["key"][seen]) & set(blocks["key"][~seen])
        before, later = (blocks[part & blocks["key"].isin(both)] for part in (seen, ~seen))
        if before.empty:
            continue
        needs = need(before, budget)
        shares = share_above(merged(later), needs)
        frame = pd.DataFrame({"key": needs.index, "cut": cut, "need": needs.to_numpy()})
        rows.append(frame.assign(violation=frame["key"].map(shares)))
    columns = ["key", "cut", "need", "violation"]
    return pd.concat(rows, ignore_index=True)[columns] if rows else pd.DataFrame(columns=columns)
