"""What a watch sees, and what a transaction asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from trimtab.cost.model import Change, Resource, Verification


@dataclass(frozen=True)
class Load:
    """One sample: the load of a resource's units at a moment, as a share of all that they can do."""

    at: datetime
    share: float


@dataclass(frozen=True)
class Count:
    """Failed and all requests of a stretch of time; `requests` is None where the kind counts none."""

    errors: float
    requests: float | None


@dataclass(frozen=True)
class Units:
    """How many units the cloud runs of a resource, and of which type (empty: not told)."""

    running: float
    instance_type: str


@dataclass(frozen=True)
class Waits:
    """How long callers or jobs waited, in seconds, a minute at a time.

    Attributes:
        name: of the check, `latency` or `queue-wait`.
        what: for people.
        before: at the same times of the clock on the seven days before.
        after: since the change.
    """

    name: str
    what: str
    before: tuple[float, ...]
    after: tuple[float, ...]


class Eyes(Protocol):
    """A place that can be looked at. Every method raises WorldError where it cannot be reached."""

    def alarms(self, resource: Resource) -> tuple[str, ...]:
        """Return the names of the alarms about `resource` that are in ALARM state now."""
        ...

    def loads(self, resource: Resource, since: datetime, until: datetime) -> tuple[Load, ...]:
        """Return the samples of the first demand metric that has any, oldest first."""
        ...

    def errors(self, resource: Resource, since: datetime, until: datetime) -> Count | None:
        """Return failed requests; None where the kind has no such metric."""
        ...

    def waits(self, resource: Resource, since: datetime, until: datetime) -> tuple[Waits, ...]:
        """Return how long was waited; empty where the kind has no such metric."""
        ...

    def units(self, resource: Resource) -> Units | None:
        """Return what runs; None where the kind cannot be asked."""
        ...


class Watcher(Protocol):
    """Judges changes that are in force."""

    def watch(self, changes: Sequence[Change], since: datetime, seconds: int) -> tuple[Verification, ...]:
        """Watch until `since` + `seconds`, less where an alarm goes off, and judge each change."""
        ...
