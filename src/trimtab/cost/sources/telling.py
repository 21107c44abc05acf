"""How far the reading of samples is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from trimtab.cost.sources.census import Block

Tell = Callable[[int, int], None]
"""Is told how many samples were read, and of how many."""

Read = TypeVar("Read")


def silent(done: int, whole: int) -> None:
    """Tell nobody."""


def told(read: Iterable[Read], blocks: Sequence[Block], counted: pd.DataFrame, tell: Tell) -> Iterator[Read]:
    """Pass on what was read of each block, and tell after it.

    Args:
        read: one value a block, read as it is asked for.
        blocks: in the same order.
        counted: the census of all samples.
        tell: is called before the first block and after each.
    """
    sizes = counted.groupby("resource_id")["n"].sum()
    whole, done = int(sizes.sum()), 0
    tell(done, whole)
    for block, one in zip(blocks, read, strict=True):
        yield one
        done += int(sizes[list(block.names)].sum())
        tell(done, whole)
