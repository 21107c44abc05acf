"""What every source of samples offers, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    import ibis
    import pandas as pd

    from trimtab.cost.model import Defect, Resource


def _unknown() -> None:
    return None


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
    runs: Callable[[], pd.DataFrame | None] = _unknown


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
