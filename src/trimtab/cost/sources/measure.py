"""From raw samples to what sizing needs: a census, one pass in blocks of resources, one more for fleets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.kinds import KINDS, Shape, groups
from trimtab.cost.model.reduced import Reduced
from trimtab.cost.sources.apart import apart
from trimtab.cost.sources.blocks import missing
from trimtab.cost.sources.census import BLOCK_SAMPLES, blocks_of, census, names_of
from trimtab.cost.sources.clock import in_time
from trimtab.cost.sources.defects import broken, impossible, unknown
from trimtab.cost.sources.duplicates import duplicate, without_duplicates
from trimtab.cost.sources.fleets import fleet_series
from trimtab.cost.sources.reading import Reader
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.model import Resource
    from trimtab.cost.sources.port import Samples


def measure(
    samples: Samples, resources: Sequence[Resource], *, profile: bool = False, most: int = BLOCK_SAMPLES
) -> Reduced:
    """Reduce the samples of an inventory.

    Args:
        samples: raw samples, already cut at the run's end.
        resources: the inventory.
        profile: also reduce to hours of the week (a third pass).
        most: samples of resources that are read together; a block holds one resource at the least.

    Raises:
        UserError: no sample is left, or a metric is in another unit.
    """
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
    reader = Reader(names, counted, resources, profile=profile)
    with apart(samples, table, blocks_of(counted, most)) as tables:
        seen = [reader.read(one) for one in tables]
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


def _seconds(time: pd.Timestamp) -> float:
    return float(time.timestamp()) if pd.notna(time) else 0.0
