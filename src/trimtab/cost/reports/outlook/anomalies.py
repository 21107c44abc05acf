"""The anomalies that matter: money, resource and cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.reports.model.outlook import Anomaly
from trimtab.cost.reports.outlook.series import amount
from trimtab.cost.reports.outlook.unusual import stretches, usual_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trimtab.cost.reports.outlook.series import Spend
    from trimtab.cost.reports.outlook.unusual import Stretch

LEAST_SHARE = Decimal("0.01")
"""An anomaly of less than a hundredth of the week's spend is not worth a reader's minute."""
SHOWN = 10


@dataclass(frozen=True)
class Judged:
    """What the last hours of all subjects hold.

    Attributes:
        anomalies: dearest first.
        usual: spend of all hours, with what anomalies cost replaced by what is usual.
        lasting: what those that have not ended cost more in an hour; negative: less.
        watched: subjects with enough of a past.
    """

    anomalies: tuple[Anomaly, ...]
    usual: np.ndarray
    lasting: float
    watched: int


def judge(spends: Sequence[Spend], start: datetime, judged: int) -> Judged:
    """Judge the last `judged` hours.

    Args:
        spends: the subjects, equally long.
        start: their first hour, UTC.
        judged: hours of the report's week until now.
    """
    everything = total(spends)
    least = LEAST_SHARE * amount(float(np.nansum(everything[-judged:]))) if judged else Decimal(0)
    ordinary, lasting, found, watched = everything.copy(), 0.0, [], 0
    for spend in spends:
        usual = usual_of(spend.money, judged)
        if usual is None:
            continue
        watched += 1
        for stretch in stretches(spend.money, judged):
            anomaly = _anomaly(spend, stretch, usual, start=start, judged=judged)
            if abs(anomaly.excess) < least or not anomaly.excess:
                continue
            found.append(anomaly)
            inside = _inside(spend, stretch, judged)
            ordinary[inside] += usual[stretch.first : stretch.last] - spend.money[inside]
            if anomaly.ongoing:
                lasting += float(anomaly.excess) / (stretch.last - stretch.first)
    found.sort(key=lambda one: (-abs(one.excess), one.subject))
    return Judged(tuple(found[:SHOWN]), ordinary, lasting, watched)


def total(spends: Iterable[Spend]) -> np.ndarray:
    """Add up; an hour is unknown only where it is for all, else what was not there cost nothing."""
    rows = np.array([one.money for one in spends])
    result: np.ndarray = np.where(np.isnan(rows).all(axis=0), np.nan, np.nansum(rows, axis=0))
    return result


def _inside(spend: Spend, stretch: Stretch, judged: int) -> slice:
    offset = len(spend.money) - judged
    return slice(offset + stretch.first, offset + stretch.last)


def _anomaly(spend: Spend, stretch: Stretch, usual: np.ndarray, *, start: datetime, judged: int) -> Anomaly:
    inside = _inside(spend, stretch, judged)
    spent, expected = float(spend.money[inside].sum()), float(usual[stretch.first : stretch.last].sum())
    units = float(np.mean(spend.units[inside]))
    usual_units = usual_of(spend.units, judged)
    line = spend.line
    return Anomaly(
        subject=line.subject,
        kind=line.kind,
        component=line.component,
        team=line.owner.team,
        since=start + timedelta(hours=inside.start),
        until=start + timedelta(hours=inside.stop),
        ongoing=inside.stop == len(spend.money),
        spent=amount(spent),
        usual=amount(expected),
        units=round(units, 2),
        usual_units=round(float(np.mean(usual_units[stretch.first : stretch.last])), 2)
        if usual_units is not None
        else 0.0,
        score=round(stretch.score, 1),
    )
