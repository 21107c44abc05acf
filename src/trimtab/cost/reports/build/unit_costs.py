"""Cost per 1,000 predictions and per training GPU-hour, where it is known how much work was done."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.reports.model import Use, WeekOnWeek
from trimtab.cost.reports.model.unit_costs import UnitCost
from trimtab.spec.instances import shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from trimtab.cost.reports.build.inputs import Week
    from trimtab.cost.reports.history import UnitHistory
    from trimtab.cost.reports.model import Line
    from trimtab.cost.reports.model.unit_costs import Measure

TRAINING = frozenset({"gpu-training-pool", "karpenter-gpu-pool"})
_PLACES = Decimal("0.000001")


def unit_costs(lines: Iterable[Line], history: UnitHistory | None, week: Week) -> tuple[UnitCost, ...]:
    """Return them, the dearest subject first; nothing without a history of the week."""
    if history is None:
        return ()
    begun = week.since.astimezone(UTC).replace(tzinfo=None)
    judged = history.hours - max(int((begun - history.start).total_seconds() // 3600), 0)
    found = [one for line in lines if isinstance(line.week, WeekOnWeek) for one in _of(line, history, judged)]
    return tuple(sorted(found, key=lambda one: (-one.spent, one.subject, one.measure)))


def _of(line: Line, history: UnitHistory, judged: int) -> Iterator[UnitCost]:
    predictions = _sum(line, history.predictions, judged)
    if predictions:
        yield from _cost(line, "1,000 predictions", predictions / 1000)
    node = shape(line.instance_type)
    units = _sum(line, history.units, judged)
    if line.kind in TRAINING and node is not None and node.gpus and units:
        yield from _cost(line, "training GPU-hour", units * node.gpus)
        if isinstance(line.use, Use):
            yield from _cost(line, "busy training GPU-hour", units * node.gpus * line.use.mean)


def _sum(line: Line, series: Mapping[str, np.ndarray], judged: int) -> float:
    """Add up the last `judged` hours of all members; 0 where one of them was not told."""
    if judged <= 0 or not all(name in series for name in line.members):
        return 0.0
    return float(sum(np.nansum(series[name][-judged:]) for name in line.members))


def _cost(line: Line, measure: Measure, work: float) -> Iterator[UnitCost]:
    if work > 0 and isinstance(line.week, WeekOnWeek):
        each = (line.week.spent / Decimal(repr(work))).quantize(_PLACES)
        yield UnitCost(
            subject=line.subject, team=line.owner.team, measure=measure, spent=line.week.spent, work=round(work, 3),
            each=each,
        )  # fmt: skip
