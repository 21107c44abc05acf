"""Cross-validation of the machines' constants: over resources, over time, over sources; and how far the goals conflict.

Every constant is chosen on one part of the outcomes and judged on the part that was left out. Fleets have no constant
that was searched: their choice is judged at the same moments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.replay import fleets
from benchmarks.replay.machines import BUDGET, load, parted
from benchmarks.replay.sources import DATA, FLEETS, MACHINES
from trimtab.cost.sizing.anchors import oracle
from trimtab.cost.sizing.bounded import Bounded
from trimtab.cost.sizing.machine import RECENT_DAYS, choose, later_over
from trimtab.cost.sizing.quantiles import merged, quantile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.cost.model.daily import Daily
    from trimtab.cost.sizing.machine import Need
    from trimtab.cost.sizing.window import Window

CUTS = (0.35, 0.5, 0.65, 0.8)
"""Shares of each history to learn from: a third is the least that shows a rhythm, a fifth the least to judge on."""

GOAL_SAVING, GOAL_OVER = 0.95, 0.05

SHIPPED = "half-life 14, worth 1"
CANDIDATES: dict[str, Need] = {
    f"half-life {days:g}, worth {worth:g}": Bounded(days, worth)
    for days in (3.5, 7, 14, 28, 1e4)
    for worth in (0.25, 0.5, 1, 2, 4, 8)
}


def p99(past: Window, budget: float) -> pd.Series:
    """Return the quantile at the budget of the whole past: no room, no forgetting."""
    return quantile(merged(past), 1 - budget)


def geometric(past: Window, budget: float) -> pd.Series:
    """Return trimtab's former formula: max(r, 0.84 · √(t · r)^0.9), its two constants searched on these sets."""
    last = quantile(merged(past.recent(RECENT_DAYS)), 1 - budget)
    weighed: pd.Series = 0.84 * (quantile(merged(past), 1 - budget / 2) * last) ** 0.45
    return weighed.clip(lower=last)


RIVALS: dict[str, Need] = {"p99 of the past": p99, "geometric mean": geometric}


@dataclass(frozen=True)
class Score:
    """Means over cuts, by set: share of the oracle's saving, share of series avoidably over; distance to both goals."""

    saving: pd.Series
    over: pd.Series
    distance: float

    def said(self) -> str:
        """Return one line: a pair a set, and the distance."""
        pairs = (f"{self.saving[one]:7.1%} {self.over[one]:6.1%}" for one in self.saving.index)
        return f"{'  '.join(pairs)}   {self.distance:.4f}"


def outcomes(whole: Daily, needs: Mapping[str, Need]) -> pd.DataFrame:
    """Return what each need would have saved and hurt: rows `need, cut, resource, saved, over, best`."""
    rows = []
    for cut in CUTS:
        _, before, later = parted(whole, cut)
        best = choose(later, oracle, BUDGET)
        full = later_over(later, best * 0 + 1.0) > BUDGET
        for name, need in needs.items():
            rung = choose(before, need, BUDGET)
            over = (later_over(later, rung) > BUDGET) & ~full
            frame = pd.DataFrame({"saved": 1 - rung, "over": over.astype(float), "best": 1 - best})
            rows.append(frame.rename_axis("resource").reset_index().assign(need=name, cut=cut))
    return pd.concat(rows, ignore_index=True)


def score(rows: pd.DataFrame) -> Score:
    """Score the outcomes of one choice; each set and cut counts alike."""
    each = rows.groupby(["set", "cut"])[["saved", "over", "best"]].mean()
    saving = each["saved"] / each["best"]
    distance = (GOAL_SAVING - saving).clip(lower=0) + (each["over"] - GOAL_OVER).clip(lower=0)
    return Score(saving.groupby("set").mean(), each["over"].groupby("set").mean(), float(distance.mean()))


def held_out(rows: pd.DataFrame, by: str) -> tuple[Score, dict[str, str]]:
    """Choose with all but one value of `by`, take that value's outcomes, and score what was put together so."""
    parts, chosen = [], {}
    for value in sorted(rows[by].unique()):
        seen = rows[rows[by] != value]
        best = min(CANDIDATES, key=lambda name: score(seen[seen["need"] == name]).distance)
        chosen[str(value)] = best
        parts.append(rows[(rows[by] == value) & (rows["need"] == best)])
    return score(pd.concat(parts)), chosen


def gathered(folds: int) -> pd.DataFrame:
    """Return the outcomes of every need on every set that is there; twins (one fleet measured twice) stay together."""
    found = []
    for one in MACHINES:
        path = DATA / one.file
        if path.exists():
            rows = outcomes(load(path), {**CANDIDATES, **RIVALS})
            fold = rows["resource"].to_numpy() % folds
            found.append(rows.assign(set=one.name, source=one.source, fold=np.char.add("fold ", fold.astype(str))))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame()


def report(folds: int) -> None:
    """Print what holds for machines, then for fleets."""
    rows = gathered(folds)
    if rows.empty:
        print("skipped: no machine set is in the shared data folder")
    else:
        _machines(rows)
    _fleets()


def _machines(rows: pd.DataFrame) -> None:
    """Print the frontier, the rivals, and what held when the constants were chosen without what they are judged on."""
    print(f"\nMeans over {len(CUTS)} moments: saving of the oracle's, series avoidably over; distance to the goals.")
    print(f"{'':28}{'  '.join(f'{one:>14}' for one in sorted(rows['set'].unique()))}")
    for name in (*CANDIDATES, *RIVALS):
        print(f"{name:28}{score(rows[rows['need'] == name]).said()}{'  <- shipped' if name == SHIPPED else ''}")
    for by in ("fold", "cut", "source"):
        total, chosen = held_out(rows, by)
        print(f"\nleft out by {by}:\n{'held out':28}{total.said()}")
        for value, name in chosen.items():
            print(f"  without {value:18} {name}")


def _fleets() -> None:
    """Print each fleet's violation, and its saving less that of the best plain autoscaler, at each moment."""
    heads = "  ".join(f"{'from ' + format(cut, '.0%'):>15}" for cut in CUTS)
    print(f"\n{'violation, saving - hindsight':28}{heads}")
    for one in FLEETS:
        path = DATA / one.file
        if not path.exists():
            continue
        said = []
        for cut in CUTS:
            demand, replicas = fleets.load(path, one, cut)
            ours, *_, best = fleets.judge(demand, replicas, cut)
            said.append(f"{ours.violation:7.2%} {ours.saving - best.saving:+7.1%}")
        print(f"{one.name:28}{'  '.join(said)}")
