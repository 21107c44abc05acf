"""What every source of samples offers, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis
    import pandas as pd

    from trimtab.cost.model import Defect, Resource


def no_runs() -> None:
    """Say that how the samples lie is not known."""


@dataclass(frozen=True)
class Samples:
    """Raw samples where they lie.

    Attributes:
        table: long: `resource_id` string, `metric` string, `ts` timestamp (UTC, without zone), `value` float64
            (null where it could not be read as a number).
        origin: where they come from, for messages.
        defects: what was found and repaired while opening.
        running: units that ran on average, by resource, where the place told.
        full_invocations: invocations a minute that kept one unit fully busy, by resource, likewise.
        runs: how the samples lie: `first, last, rows`, the names and size of each run that is read as one; None
            where that is not known.
    """

    table: ibis.Table
    origin: str
    defects: tuple[Defect, ...] = ()
    running: Mapping[str, float] = field(default_factory=dict)
    full_invocations: Mapping[str, float] = field(default_factory=dict)
    runs: Callable[[], pd.DataFrame | None] = no_runs


@dataclass(frozen=True)
class Asked:
    """One series that a server is asked for.

    Attributes:
        key: everything that its values depend on but the time: place, metric, dimensions, statistic, step.
    """

    key: str
    resource_id: str
    metric: str


Fetch = Callable[[Sequence[Asked], datetime, datetime], "pd.DataFrame"]
"""Asks the server for series from a moment until before another: `key, ts, value`."""


class Keeper(Protocol):
    """What stands between a source and its server, and may know some answers already."""

    def newest(self) -> datetime | None:
        """Return the moment that stands for now; None: the server's own."""
        ...

    def read(
        self, asked: Sequence[Asked], since: datetime, until: datetime, fetch: Fetch
    ) -> tuple[pd.DataFrame, list[Defect]]:
        """Return `key, ts, value` of the series from `since` until before `until`, and what could not be had.

        Raises:
            WorldError: the server cannot be reached.
        """
        ...


class Unkept:
    """Keeps nothing: everything is asked for."""

    def newest(self) -> datetime | None:
        """Leave it to the server."""
        return None

    def read(
        self, asked: Sequence[Asked], since: datetime, until: datetime, fetch: Fetch
    ) -> tuple[pd.DataFrame, list[Defect]]:
        """Ask for all of it."""
        return fetch(asked, since, until), []


UNKEPT = Unkept()


class UsageSource(Protocol):
    """A place that holds samples."""

    def samples(self, resources: Sequence[Resource], until: datetime | None) -> Samples:
        """Return the samples of `resources` before `until` (None: all).

        Raises:
            UserError: what was given cannot be read as samples.
            WorldError: the place cannot be reached.
        """
        ...


class InventorySource(Protocol):
    """A place that knows what is paid for."""

    def resources(self) -> tuple[Resource, ...]:
        """Return every resource.

        Raises:
            UserError: what was given cannot be read as an inventory.
            WorldError: the place cannot be reached.
        """
        ...
