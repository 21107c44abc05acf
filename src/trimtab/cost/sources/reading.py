"""One block of samples, from where they lie to histograms by day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.kinds import KINDS, Shape
from trimtab.cost.sources.daily import daily, usable
from trimtab.cost.sources.defects import broken_of, ceilings, clip_impossible
from trimtab.cost.sources.duplicates import copies, without_duplicates
from trimtab.cost.sources.gather import gather, suspects
from trimtab.cost.sources.profile import machine_hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis

    from trimtab.cost.model import Resource
    from trimtab.cost.model.daily import Daily
    from trimtab.cost.sources.census import Names


@dataclass(frozen=True)
class Seen:
    """What one block showed.

    Attributes:
        part: usable samples of machines and workloads, of the metrics that they are sized by.
        members: days of the members of fleets: `resource_id, metric, day, n, first, last`.
        copies: samples that were delivered twice.
        above: `kind, name, ceiling, above, total`: samples that cannot be.
        broken: `resource, bin, n`.
        newest, earliest: times of usable samples; NaT: there is none.
    """

    part: Daily
    members: pd.DataFrame
    copies: int
    above: pd.DataFrame
    broken: pd.DataFrame
    newest: pd.Timestamp
    earliest: pd.Timestamp


class Reader:
    """Reads blocks; what it looks up is made once for all of them."""

    def __init__(self, names: Names, counted: pd.DataFrame, resources: Sequence[Resource], *, profile: bool) -> None:
        """Prepare.

        Args:
            names: every name of the samples.
            counted: their census.
            resources: the inventory.
            profile: also reduce load to hours of the week.
        """
        self._names = names
        self._profile = profile
        limits = ceilings(counted, resources)
        limits["name"] = limits["metric"]
        limits["resource"] = names.resources.get_indexer(pd.Index(limits["resource_id"]))
        limits["metric"] = names.metrics.get_indexer(pd.Index(limits["metric"]))
        self._limits = limits
        fleet = limits["kind"].isin([kind_id for kind_id, kind in KINDS.items() if kind.shape is Shape.FLEET])
        self._members = np.isin(np.arange(len(names.resources)), limits["resource"][fleet])
        self._sized = limits[~fleet]

    def read(self, table: ibis.Table) -> Seen:
        """Read one block; where samples were delivered twice, once more without the copies."""
        found = gather(table, self._names)
        twice = self._copies(table, suspects(found))
        if twice:
            table = without_duplicates(table)
            found = gather(table, self._names)
        clipped, above = clip_impossible(found, self._limits)
        whole = daily(usable(clipped), self._names)
        days = whole.days
        return Seen(
            part=self._with_hours(whole.where(self._is_sized(days)), table),
            members=self._fleet_days(days),
            copies=twice,
            above=above,
            broken=broken_of(clipped),
            newest=days["last"].max(),
            earliest=days["first"].min(),
        )

    def _copies(self, table: ibis.Table, resources: np.ndarray) -> int:
        if not len(resources):
            return 0
        return copies(table.filter(table.resource_id.isin(self._names.resources[resources].tolist())))

    def _is_sized(self, days: pd.DataFrame) -> np.ndarray:
        keys = self._sized["resource"] * len(self._names.metrics) + self._sized["metric"]
        return days["key"].isin(keys).to_numpy()

    def _fleet_days(self, days: pd.DataFrame) -> pd.DataFrame:
        mine = days[self._members[days["resource"].to_numpy()]]
        names = self._names.resources[mine["resource"].to_numpy()]
        named: pd.DataFrame = mine.assign(resource_id=names)
        return named[["resource_id", "metric", "day", "n", "first", "last"]]

    def _with_hours(self, part: Daily, table: ibis.Table) -> Daily:
        if not self._profile or part.days.empty:
            return part
        own = self._sized[self._sized["resource"].isin(part.days["resource"])]
        metrics = {str(name): set(rows) for name, rows in own.groupby("resource_id")["name"]}
        return replace(part, hours=machine_hours(table, metrics))
