"""Who is in the samples, how much of each, and in which blocks they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import ibis

# Samples of one block: its arrays are a few ten MB each, which the allocator hands out again for the next block (of
# larger ones every page is new, at twice the time); and starting a query costs little beside it.
BLOCK_SAMPLES = 4_000_000

# Rows of a resource, metric and day; sizing lays them out with every bin there is (about 300 for a percentage).
BLOCK_DAYS = 50_000


# Of engines elsewhere a block is a pass of its own over all that they hold; a tenth of a gigabyte comes back of each.
FAR_SAMPLES, FAR_DAYS = 25_000_000, 200_000


@dataclass(frozen=True)
class Names:
    """Every name of the samples in order; its place is its number."""

    resources: pd.Index
    metrics: pd.Index


@dataclass(frozen=True)
class Block:
    """Consecutive names, read together."""

    names: tuple[str, ...]

    @property
    def first(self) -> str:
        """Lowest name."""
        return self.names[0]

    @property
    def last(self) -> str:
        """Highest name."""
        return self.names[-1]


def counts(table: ibis.Table) -> ibis.Table:
    """Count samples: `resource_id, metric, n, first, last`."""
    named = table.group_by("resource_id", "metric")
    return named.aggregate(n=table.count(), first=table.ts.min(), last=table.ts.max())


def census(table: ibis.Table) -> pd.DataFrame:
    """Count samples: `resource_id, metric, n, first, last`, sorted by name."""
    frame: pd.DataFrame = counts(table).to_pandas()
    return frame.sort_values(["resource_id", "metric"], ignore_index=True)


def names_of(counted: pd.DataFrame) -> Names:
    """Number the names of a census."""
    return Names(*(pd.Index(sorted(counted[name].dropna().unique())) for name in ("resource_id", "metric")))


def blocks_of(counted: pd.DataFrame, most: int = BLOCK_SAMPLES, most_days: int = BLOCK_DAYS) -> list[Block]:
    """Part the resources of a census into blocks of at most `most` samples and `most_days` rows, if they can be."""
    spans = (counted["last"] - counted["first"]).dt.days + 2
    per = counted.assign(days=spans.fillna(1)).groupby("resource_id")
    sizes = per.agg(n=("n", "sum"), days=("days", "max"), metrics=("metric", "size")).reset_index()
    blocks: list[list[str]] = []
    samples, longest, keys = 0, 0, 0
    columns = (sizes[name].tolist() for name in ("resource_id", "n", "days", "metrics"))
    for name, count, days, metrics in zip(*columns, strict=True):
        samples, longest, keys = samples + count, max(longest, days), keys + metrics
        if not blocks or samples > most or longest * keys > most_days:
            blocks.append([])
            samples, longest, keys = count, days, metrics
        blocks[-1].append(name)
    return [Block(tuple(one)) for one in blocks]
