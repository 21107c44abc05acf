"""What the workloads of one service class showed, gathered for all of them at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.kinds.kubernetes_workload import CPU, GPU, GPU_MEMORY, MEMORY
from trimtab.cost.model.bins import bin_of
from trimtab.cost.sizing.machine_facts import summaries
from trimtab.cost.sizing.quantiles import merged, quantile
from trimtab.cost.sizing.requests import Needs
from trimtab.cost.sizing.window import Window
from trimtab.cost.sizing.workload import MEMORY_HEADROOM, walked

if TYPE_CHECKING:
    import pandas as pd

    from trimtab.cost.model.daily import Daily
    from trimtab.cost.sizing.machine import Need
    from trimtab.cost.sizing.machine_facts import Summary
    from trimtab.cost.sizing.quantiles import Merged
    from trimtab.cost.sizing.strategies import Strategy

_FIELD = {CPU: "cpu", MEMORY: "memory", GPU: "gpus", GPU_MEMORY: "gpu_memory"}
"""Metric → field of `Needs`."""

_P95 = 0.95


@dataclass(frozen=True)
class Measure:
    """One metric of all workloads.

    Attributes:
        summary, need: by a resource's number; the need is what the strategy asks for.
        rows: by a resource's number, its row in `histograms`.
        forward: by a resource's number and cut, what the strategy would have asked for, and the share over it later.
    """

    summary: dict[int, Summary]
    need: dict[int, float]
    rows: dict[int, int]
    histograms: Merged
    forward: dict[int, dict[float, tuple[float, float]]]

    def share_above(self, code: int, level: float) -> float:
        """Return the share of one resource's samples above a level; 0 where it has none."""
        if code not in self.rows:
            return 0.0
        mine = self.histograms.weight[self.rows[code]]
        edge = max(0, int(bin_of(np.array([level]))[0]) - self.histograms.lowest + 1)
        return float(mine[edge:].sum() / mine.sum())


def gather(daily: Daily, strategy: Strategy, budget: float) -> dict[str, Measure]:
    """Measure each metric of each workload.

    Args:
        daily: their samples.
        strategy: whose estimators are asked.
        budget: share of samples that may lie over the requests.
    """
    needs = {
        CPU: strategy.need_cpu,
        MEMORY: _never_below_peak(strategy.need_memory),
        GPU: strategy.need_cpu,
        GPU_MEMORY: _peak,
    }
    found = {}
    for metric, need in needs.items():
        mine = daily.where((daily.days["metric"] == metric).to_numpy())
        if not mine.days.empty:
            found[metric] = _measured(mine, need, budget)
    return found


def _measured(daily: Daily, need: Need, budget: float) -> Measure:
    """Measure one metric: with it alone, a resource's number is its key."""
    keyed = replace(daily, days=daily.days.assign(key=daily.days["resource"]))
    past = Window.of(keyed)
    whole = merged(past)
    values = need(past, budget)
    return Measure(
        summaries(keyed.days, quantile(whole, _P95)),
        dict(zip(values.index.tolist(), values.tolist(), strict=True)),
        {key: row for row, key in enumerate(whole.keys.tolist())},
        whole,
        _by_key(walked(past, need, budget)),
    )


def needs_of(measures: dict[str, Measure], code: int) -> Needs:
    """Return what one workload needs."""
    return Needs(**{_FIELD[metric]: one.need[code] for metric, one in measures.items() if code in one.need})


def needs_at(measures: dict[str, Measure], code: int, cut: float) -> Needs | None:
    """Return what would have been asked for at an earlier moment, or None where too little was seen by then."""
    values = {}
    for metric, one in measures.items():
        if cut in one.forward.get(code, {}):
            values[_FIELD[metric]] = one.forward[code][cut][0]
    return Needs(**values) if values else None


def _by_key(forward: pd.DataFrame) -> dict[int, dict[float, tuple[float, float]]]:
    found: dict[int, dict[float, tuple[float, float]]] = {}
    columns = (forward[name].tolist() for name in ("key", "cut", "need", "violation"))
    for key, cut, need, violation in zip(*columns, strict=True):
        found.setdefault(int(key), {})[cut] = (need, violation)
    return found


def _peak(past: Window, budget: float) -> pd.Series:  # noqa: ARG001  # the port's
    return quantile(merged(past), 1.0)


def _never_below_peak(need: Need) -> Need:
    """Hold any rule to what this kind never crosses: the peak seen and its headroom."""

    def held(past: Window, budget: float) -> pd.Series:
        values: pd.Series = need(past, budget)
        return values.clip(lower=_peak(past, budget) * (1 + MEMORY_HEADROOM))

    return held
