"""What the workloads of one service class showed, gathered for all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.kinds.kubernetes_workload import CPU, GPU, GPU_MEMORY, MEMORY
from trimtab.cost.sizing.machine_facts import summaries
from trimtab.cost.sizing.quantiles import merged, quantile
from trimtab.cost.sizing.requests import Needs
from trimtab.cost.sizing.workload import MEMORY_HEADROOM, walked

if TYPE_CHECKING:
    import pandas as pd

    from trimtab.cost.sizing.machine import Need
    from trimtab.cost.sizing.machine_facts import Summary
    from trimtab.cost.sizing.strategies import Strategy

_FIELD = {CPU: "cpu", MEMORY: "memory", GPU: "gpus", GPU_MEMORY: "gpu_memory"}
"""Metric → field of `Needs`."""


@dataclass(frozen=True)
class Measure:
    """One metric of all workloads.

    Attributes:
        summary, need: by a resource's number; the need is what the strategy asks for.
        histogram: `key, bin, weight`; a key is a resource's number.
        forward: by a resource's number and cut, what the strategy would have asked for, and the share over it later.
    """

    summary: dict[int, Summary]
    need: dict[int, float]
    histogram: pd.DataFrame
    forward: dict[int, dict[float, tuple[float, float]]]


def gather(blocks: pd.DataFrame, strategy: Strategy, budget: float) -> dict[str, Measure]:
    """Measure each metric of each workload.

    Args:
        blocks: rows `resource, metric, key, day, bin, n, total, first, last`.
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
        mine = blocks[blocks["metric"] == metric]
        if not mine.empty:
            keyed = mine.assign(key=mine["resource"])
            values = need(keyed, budget)
            found[metric] = Measure(
                summaries(keyed),
                dict(zip(values.index.tolist(), values.tolist(), strict=True)),
                merged(keyed),
                _by_key(walked(keyed, need, budget)),
            )
    return found


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


def _peak(blocks: pd.DataFrame, budget: float) -> pd.Series:  # noqa: ARG001  # the port's
    return quantile(merged(blocks), 1.0)


def _never_below_peak(need: Need) -> Need:
    """Hold any rule to what this kind never crosses: the peak seen and its headroom."""

    def held(blocks: pd.DataFrame, budget: float) -> pd.Series:
        values: pd.Series = need(blocks, budget)
        return values.clip(lower=_peak(blocks, budget) * (1 + MEMORY_HEADROOM))

    return held
