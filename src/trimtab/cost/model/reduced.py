"""Usage as sizing sees it: small frames, already reduced where the data was."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from trimtab.cost.model.daily import Daily
from trimtab.cost.model.resource import Resource, Subject
from trimtab.cost.model.usage import Defect


@dataclass(frozen=True)
class Series:
    """A fleet's demand on a regular grid.

    Attributes:
        start: seconds since 1970 of the first sample.
        step_minutes: distance of two samples.
        replicas: demand in units' worth of work; NaN where nothing was measured.
        metric: what it was computed from.
        bounded: the metric can never show more than the units that are there.
        proven: what one unit can do is not known; the highest load seen counts as all of today's units full.
    """

    start: float
    step_minutes: float
    replicas: np.ndarray
    metric: str = ""
    bounded: bool = False
    proven: bool = False

    @property
    def seconds(self) -> np.ndarray:
        """Seconds since 1970 of each sample."""
        return self.start + np.arange(len(self.replicas)) * self.step_minutes * 60

    def part(self, first: int, last: int) -> "Series":
        """Return samples `first` to `last` (exclusive)."""
        return Series(
            self.start + first * self.step_minutes * 60,
            self.step_minutes,
            self.replicas[first:last],
            self.metric,
            self.bounded,
            self.proven,
        )


@dataclass(frozen=True)
class Group:
    """A subject and the resources behind it."""

    subject: Subject
    members: tuple[Resource, ...]

    @property
    def lead(self) -> Resource:
        """The member that speaks for all: kind, class, owner."""
        return self.members[0]

    @property
    def units(self) -> int:
        """Units that there may be at most."""
        return sum(member.count for member in self.members)

    @property
    def paid_units(self) -> float:
        """Units that are paid for on average."""
        return sum(member.paid_units for member in self.members)


@dataclass(frozen=True)
class Reduced:
    """All usage of a run.

    Attributes:
        parts: usable samples of machines and workloads, block by block; a resource lies in one part.
        codes: number by resource_id.
        fleets: demand by fleet subject's name.
        newest: seconds since 1970 of the newest sample of the run.
        earliest: the same of its first one.
        defects: of the run; `by_resource` of one resource.
    """

    parts: tuple[Daily, ...]
    codes: dict[str, int]
    fleets: dict[str, Series]
    newest: float
    earliest: float = 0.0
    defects: tuple[Defect, ...] = ()
    by_resource: dict[str, tuple[Defect, ...]] = field(default_factory=dict)

    def by_part(self, groups: Iterable[Group]) -> tuple[list[tuple[Daily, list[Group]]], list[Group]]:
        """Gather the groups that lie in the same part, each with its lead's samples.

        Returns:
            Each part with its groups, and the groups that nothing was measured of.
        """
        places = {
            code: place for place, part in enumerate(self.parts) for code in part.days["resource"].unique().tolist()
        }
        gathered: dict[int, list[Group]] = {}
        for group in groups:
            gathered.setdefault(places.get(self.codes.get(group.lead.resource_id, -1), -1), []).append(group)
        absent = gathered.pop(-1, [])
        return [(self._of(self.parts[place], own), own) for place, own in sorted(gathered.items())], absent

    def _of(self, part: Daily, groups: list[Group]) -> Daily:
        codes = [self.codes[group.lead.resource_id] for group in groups]
        return part.where(part.days["resource"].isin(codes).to_numpy())
