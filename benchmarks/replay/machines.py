"""Machines: train on the first part, judge on the second, beside the anchors and an oracle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import Resource
from trimtab.cost.sizing.anchors import oracle
from trimtab.cost.sizing.budgets import MACHINE_BUDGET
from trimtab.cost.sizing.machine import choose, later_over
from trimtab.cost.sizing.machine_facts import gather, judged_of
from trimtab.cost.sizing.past import unsettled
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sizing.window import Window
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.files import UsageFile
from trimtab.cost.sources.measure import measure

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.model.daily import Daily

BUDGET = MACHINE_BUDGET["standard"]
SKIPPED = {"hpa-40", "hpa-60"}
"""Strategies that size fleets only."""


@dataclass(frozen=True)
class Row:
    """One strategy on one set: mean saving, mean violation, share of series over budget (avoidable ones too).

    A series is unavoidably over where even all that it has is too small.
    """

    strategy: str
    saving: float
    violation: float
    over: float
    avoidable: float


def load(path: Path) -> Daily:
    """Return the samples of every machine of a file."""
    connection = connect()
    ids = [row[0] for row in connection.raw_sql(f"SELECT DISTINCT resource_id FROM '{path}'").fetchall()]  # noqa: S608  # a path of ours
    resources = [Resource(resource_id=name, kind=next(iter(KINDS))) for name in sorted(ids)]
    (part,) = measure(UsageFile(connection, path).samples(resources, None), resources).parts
    return part


def parted(whole: Daily, part: float) -> tuple[Daily, Window, Window]:
    """Part the samples at a share of each machine's own life: the past, twice, and what came later.

    Machines without samples on both sides are left out.
    """
    days = whole.days
    span = days.groupby("resource")["day"].agg(["min", "max"])
    first, last = days["resource"].map(span["min"]), days["resource"].map(span["max"])
    seen = days["day"] < first + (last - first + 1) * part
    both = days["resource"].isin(days["resource"][seen]) & days["resource"].isin(days["resource"][~seen])
    past = whole.where((seen & both).to_numpy())
    return past, Window.of(past), Window.of(whole.where((~seen & both).to_numpy()))


def judge(whole: Daily, part: float) -> list[Row]:
    """Judge every strategy with the first `part` of each machine's own life."""
    past, before, later = parted(whole, part)
    rungs = {
        name: choose(before, strategy.need, BUDGET) for name, strategy in STRATEGIES.items() if name not in SKIPPED
    }
    rungs["guarded"] = guarded(past)
    rungs["oracle"] = choose(later, oracle, BUDGET)
    full = later_over(later, rungs["oracle"] * 0 + 1.0) > BUDGET
    return [_row(name, rung, later_over(later, rung), full) for name, rung in rungs.items()]


def guarded(past: Daily) -> pd.Series:
    """Return trimtab's rungs as the command gives them: all of today's capacity where advice is withheld."""
    facts = gather(past, STRATEGIES["trimtab"].need, BUDGET)
    earliest = min(one.first for one in facts.summary.values())
    held = {
        code: 1.0 if unsettled(facts.past[code], judged_of(facts, code, earliest)) else rung
        for code, rung in facts.rung.items()
    }
    return pd.Series(held)


def _row(name: str, rung: pd.Series, shares: pd.Series, full: pd.Series) -> Row:
    over = shares > BUDGET
    return Row(
        name,
        float((1 - rung).mean()),
        float(shares.mean()),
        float(over.mean()),
        float((over & ~full).mean()),
    )
