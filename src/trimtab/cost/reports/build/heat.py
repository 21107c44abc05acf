"""Use by hour of week over all subjects, weighted by what they cost."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trimtab.cost.model import Utilisation
from trimtab.cost.reports.model import Cost, Heat, HeatCell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.model import Advice
    from trimtab.cost.reports.model import Line


def heat(pairs: Iterable[tuple[Advice, Line]]) -> Heat:
    """Average the hours of week of every measured subject; the money decides how much each counts."""
    measured = [
        (advice.utilisation, line)
        for advice, line in pairs
        if isinstance(advice.utilisation, Utilisation) and advice.utilisation.capacity > 0
    ]
    priced = [(use, float(line.cost.monthly)) for use, line in measured if isinstance(line.cost, Cost)]
    by_money = any(weight for _, weight in priced)
    weighted = [(use, weight) for use, weight in priced if weight] if by_money else [(use, 1.0) for use, _ in measured]
    means: defaultdict[int, float] = defaultdict(float)
    peaks: defaultdict[int, float] = defaultdict(float)
    weights: defaultdict[int, float] = defaultdict(float)
    for use, weight in weighted:
        for hour in use.hours:
            means[hour.hour] += weight * hour.mean / use.capacity
            peaks[hour.hour] += weight * hour.peak / use.capacity
            weights[hour.hour] += weight
    cells = (
        HeatCell(hour=hour, mean=means[hour] / weights[hour], peak=peaks[hour] / weights[hour])
        for hour in sorted(weights)
    )
    return Heat(cells=tuple(cells), subjects=len(weighted), weighting="monthly cost" if by_money else "subjects")
