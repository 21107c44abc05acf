"""Samples that were delivered twice: the higher one is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.model import Defect
from trimtab.cost.sources.blocks import missing

if TYPE_CHECKING:
    import ibis

_KEY = ("resource_id", "metric", "ts")


def without_duplicates(table: ibis.Table) -> ibis.Table:
    """Keep one sample a resource, metric and moment (the highest, so that no load is lost).

    It costs several times what all the rest does, so it is asked for only where copies were seen.
    """
    timed = table.filter(~missing(table.ts))
    kept = timed.group_by(*_KEY).aggregate(value=timed["value"].max())
    untimed = table.filter(missing(table.ts)).select(*_KEY, "value")
    return kept.union(untimed)


def moments(table: ibis.Table) -> ibis.Table:
    """Count the samples of each moment: `resource_id, metric, ts, n`."""
    timed = table.filter(~missing(table.ts))
    return timed.group_by(*_KEY).aggregate(n=timed.count())


def copies(table: ibis.Table) -> int:
    """Count the samples of a moment beyond the first one of their resource and metric; as costly."""
    counted = moments(table)
    return int(counted.aggregate(more=(counted.n - 1).sum()).to_pyarrow()["more"][0].as_py() or 0)


def duplicate(count: int) -> list[Defect]:
    """Name what was left out."""
    return [Defect(code="duplicate", count=count, repair="the highest sample of a moment is kept")] if count else []
