"""Machines: train on the first part, judge on the second, beside the anchors and an oracle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import Resource
from trimtab.cost.model.bins import PER_OCTAVE
from trimtab.cost.sizing.anchors import oracle
from trimtab.cost.sizing.budgets import MACHINE_BUDGET
from trimtab.cost.sizing.machine import choose
from trimtab.cost.sizing.machine_facts import gather, judged_of
from trimtab.cost.sizing.past import unsettled
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.files import UsageFile
from trimtab.cost.sources.measure import measure

if TYPE_CHECKING:
    from pathlib import Path

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


def load(path: Path) -> pd.DataFrame:
    """Return the blocks of every machine of a file."""
    connection = connect()
    ids = [row[0] for row in connection.raw_sql(f"SELECT DISTINCT resource_id FROM '{path}'").fetchall()]  # noqa: S608  # a path of ours
    resources = [Resource(resource_id=name, kind=next(iter(KINDS))) for name in sorted(ids)]
    return measure(UsageFile(connection, path).samples(resources, None), resources).blocks


def shares_over(later: pd.DataFrame, rung: pd.Series) -> pd.Series:
    """Return by resource the share of its worst metric's samples over the rung."""
    level = later["resource"].map(rung)
    over = later["n"].where(later["bin"] > np.round(PER_OCTAVE * np.log2(level)), 0)
    share = over.groupby(later["key"]).sum() / later.groupby("key")["n"].sum()
    owner = later.drop_duplicates("key").set_index("key")["resource"]
    return share.groupby(owner.reindex(share.index)).max()


def judge(blocks: pd.DataFrame, part: float) -> list[Row]:
    """Judge every strategy with the first `part` of each machine's own life."""
    span = blocks.groupby("resource")["day"].agg(["min", "max"])
    first, last = blocks["resource"].map(span["min"]), blocks["resource"].map(span["max"])
    seen = blocks["day"] < first + (last - first + 1) * part
    before, later = blocks[seen], blocks[~seen]
    both = set(before["resource"]) & set(later["resource"])
    before, later = before[before["resource"].isin(both)], later[later["resource"].isin(both)]
    rungs = {
        name: choose(before, strategy.need, BUDGET) for name, strategy in STRATEGIES.items() if name not in SKIPPED
    }
    rungs["guarded"] = guarded(before)
    rungs["oracle"] = choose(later, oracle, BUDGET)
    full = shares_over(later, rungs["oracle"] * 0 + 1.0) > BUDGET
    return [_row(name, rung, shares_over(later, rung), full) for name, rung in rungs.items()]


def guarded(blocks: pd.DataFrame) -> pd.Series:
    """Return trimtab's rungs as the command gives them: all of today's capacity where advice is withheld."""
    facts = gather(blocks, STRATEGIES["trimtab"].need, BUDGET)
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
