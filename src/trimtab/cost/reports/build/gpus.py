"""How the paid GPU hours spread over levels of use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.model import Utilisation
from trimtab.cost.reports.model import Cost
from trimtab.cost.reports.model.gpus import STEPS, GpuUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.model import Advice
    from trimtab.cost.reports.model import Line

_METRIC = "gpu_utilization_percent"


def gpu_use(pairs: Iterable[tuple[Advice, Line]]) -> GpuUse | None:
    """Spread the hours of the week of every subject whose GPUs were measured; None: there is none."""
    measured = [
        (advice.utilisation, line)
        for advice, line in pairs
        if isinstance(advice.utilisation, Utilisation)
        and advice.utilisation.metric == _METRIC
        and advice.utilisation.capacity > 0
        and advice.utilisation.hours
    ]
    by_money = any(isinstance(line.cost, Cost) and line.cost.monthly for _, line in measured)
    levels: list[float] = []
    weights: list[float] = []
    subjects = 0
    for use, line in measured:
        weight = _weight(line, by_money=by_money)
        subjects += weight > 0
        levels += [hour.mean / use.capacity for hour in use.hours]
        weights += [weight / len(use.hours)] * len(use.hours)
    if not sum(weights):
        return None
    shares, _ = np.histogram(np.clip(levels, 0, 0.999), bins=STEPS, range=(0, 1), weights=weights)
    order = np.argsort(levels)
    along = np.cumsum(np.array(weights)[order])
    middle = order[int(np.searchsorted(along, along[-1] / 2))]
    return GpuUse(
        shares=tuple(round(float(one), 6) for one in shares / sum(weights)),
        median=round(levels[middle], 6),
        subjects=subjects,
        weighting="monthly cost" if by_money else "units",
    )


def _weight(line: Line, *, by_money: bool) -> float:
    if not by_money:
        return line.paid_units
    return float(line.cost.monthly) if isinstance(line.cost, Cost) else 0.0
