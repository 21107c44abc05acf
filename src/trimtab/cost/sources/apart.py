"""Blocks of resources, each readable without the rest."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
import ibis
import pandas as pd

from trimtab.cost.sources.engine import is_local
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trimtab.cost.sources.census import Block
    from trimtab.cost.sources.port import Samples

# Skipping a sample of another block costs 6 ns, writing one in order 120 ns (100 million samples, two cores).
READ_AGAIN = 20

# Of hundreds of files at once, each gathers rows before it writes some. With DuckDB's default (half a million rows)
# they outgrow the memory limit and spill; and files beyond a hundred are closed and opened again.
_MANY_FILES = ("SET partitioned_write_flush_threshold = 16384", "SET partitioned_write_max_open_files = 1000")


@contextmanager
def apart(samples: Samples, table: ibis.Table, blocks: Sequence[Block]) -> Iterator[Iterator[ibis.Table]]:
    """Offer one table a block, to be read one after the other.

    Where the samples of a resource lie together, a range of names is read from among the others; where they do not
    (a file an hour, each with every resource), all are first written into a temporary folder, block by block. Other
    engines than this machine's read a range of names too: their samples may not fit here, and their blocks are large.

    Args:
        samples: where `table` comes from, and how it lies there.
        table: long samples.
        blocks: names, first to last.

    Raises:
        WorldError: the temporary folder is full.
    """
    if len(blocks) == 1:
        yield iter((table,))
    elif not is_local(table) or together(samples.runs(), blocks):
        yield (table.filter(table.resource_id.between(one.first, one.last)) for one in blocks)
    else:
        with tempfile.TemporaryDirectory(prefix="trimtab-") as folder:
            yield _written(table, blocks, folder)


def together(runs: pd.DataFrame | None, blocks: Sequence[Block]) -> bool:
    """Whether reading the blocks one by one, and skipping the others, costs less than writing them in order first.

    Args:
        runs: `first, last, rows`: names and size of each run that is read as one; None: not known.
        blocks: names, first to last.
    """
    if runs is None or runs.empty or runs.isna().any(axis=None):
        return False
    rows = sum(
        int(runs["rows"][(runs["first"] <= block.last) & (runs["last"] >= block.first)].sum()) for block in blocks
    )
    return rows <= READ_AGAIN * int(runs["rows"].sum())


def _written(table: ibis.Table, blocks: Sequence[Block], folder: str) -> Iterator[ibis.Table]:
    backend = table.get_backend()
    plan = pd.DataFrame(
        [(name, place) for place, block in enumerate(blocks) for name in block.names],
        columns=["resource_id", "block"],
    )
    for setting in _MANY_FILES:
        backend.raw_sql(setting)
    try:
        backend.to_parquet(table.join(ibis.memtable(plan), "resource_id"), folder, partition_by="block")
    except (duckdb.Error, OSError) as error:
        raise WorldError(
            f"samples cannot be set in order in {folder}: {str(error).splitlines()[0]}; nothing was changed",
            remedy="free space, or name a roomier folder in TMPDIR: about ten bytes a sample are written.",
        ) from error
    for place in range(len(blocks)):
        yield backend.read_parquet(f"{folder}/block={place}/*.parquet", hive_partitioning=False)
