"""From raw samples to what sizing needs: a census, one pass in blocks of resources, one more for fleets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.kinds import KINDS, Shape, groups
from trimtab.cost.model.reduced import Reduced
from trimtab.cost.sources.apart import apart
from trimtab.cost.sources.blocks import missing
from trimtab.cost.sources.census import (
    BLOCK_DAYS,
    BLOCK_SAMPLES,
    FAR_DAYS,
    FAR_SAMPLES,
    blocks_of,
    census,
    names_of,
)
from trimtab.cost.sources.clock import in_time
from trimtab.cost.sources.defects import broken, impossible, unknown
from trimtab.cost.sources.duplicates import duplicate, without_duplicates
from trimtab.cost.sources.engine import is_local
from trimtab.cost.sources.fleets import fleet_series
from trimtab.cost.sources.interrupt import interruptible
from trimtab.cost.sources.reading import Reader
from trimtab.cost.sources.telling import silent, told
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis

    from trimtab.cost.model import Resource
    from trimtab.cost.sources.census import Block
    from trimtab.cost.sources.port import Samples
    from trimtab.cost.sources.telling import Tell


@dataclass(frozen=True)
class Asked:
    """What is wanted of samples, as `measure` says."""

    resources: Sequence[Resource]
    profile: bool
    most: int | None
    tell: Tell


def measure(
    samples: Samples,
    resources: Sequence[Resource],
    *,
    profile: bool = False,
    most: int | None = None,
    tell: Tell = silent,
) -> Reduced:
    """Reduce the samples of an inventory; Ctrl-C ends it at once.

    Args:
        samples: raw samples, already cut at the run's end.
        resources: the inventory.
        profile: also reduce to hours of the week (a third pass).
        most: samples of resources that are read together; a block holds one resource at the least;
            None: what the engine that holds them is good at.
        tell: is called after each block.

    Raises:
        UserError: no sample is left, or a metric is in another unit.
    """
    with interruptible(samples.table):
        return _measure(samples, Asked(resources, profile, most, tell))


def _measure(samples: Samples, asked: Asked) -> Reduced:
    resources = asked.resources
    counted = census(samples.table)
    if counted.empty:
        raise UserError(
            f"usage {samples.origin}: holds no samples before the asked time",
            remedy="name a later --until, or a file that reaches further back.",
        )
    table, jumped = in_time(samples.table, counted)
    counted = census(table) if jumped else counted
    if counted[["resource_id", "metric"]].isna().any(axis=None):
        table = table.filter(~missing(table.resource_id) & ~missing(table.metric))
    names = names_of(counted)
    reader = Reader(names, counted, resources, profile=asked.profile)
    blocks = _blocks(counted, table, asked.most)
    with apart(samples, table, blocks) as tables:
        seen = list(told(map(reader.read, tables), blocks, counted, asked.tell))
    copies = sum(one.copies for one in seen)
    by_resource, lost = broken(pd.concat([one.broken for one in seen]), names)
    fleets = [group for group in groups(resources) if KINDS[group.lead.kind].shape is Shape.FLEET]
    members = pd.concat([one.members for one in seen])
    return Reduced(
        parts=tuple(one.part for one in seen if len(one.part.days)),
        codes={str(name): code for code, name in enumerate(names.resources)},
        fleets=fleet_series(without_duplicates(table) if copies else table, members, fleets),
        newest=_seconds(pd.Series([one.newest for one in seen]).max()),
        earliest=_seconds(pd.Series([one.earliest for one in seen]).min()),
        defects=(
            *samples.defects,
            *duplicate(copies),
            *jumped,
            *impossible(pd.concat([one.above for one in seen])),
            *lost,
            *unknown(counted, resources),
        ),
        by_resource=by_resource,
    )


def _blocks(counted: pd.DataFrame, table: ibis.Table, most: int | None) -> list[Block]:
    samples, days = (BLOCK_SAMPLES, BLOCK_DAYS) if is_local(table) else (FAR_SAMPLES, FAR_DAYS)
    return blocks_of(counted, most or samples, days)


def _seconds(time: pd.Timestamp) -> float:
    return float(time.timestamp()) if pd.notna(time) else 0.0
