"""What an explanation asks of a history of people's changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True)
class Commit:
    """A person's change.

    Attributes:
        at: when it was committed, UTC.
        platform_before, platform_after: what the stack's file declared; None: it was not there, or not readable.
        files: what it touched, relative to the repository.
    """

    id: str
    author: str
    at: datetime
    subject: str
    files: tuple[str, ...]
    platform_before: Any = None
    platform_after: Any = None


class Commits(Protocol):
    """A history that can be asked for a span of time."""

    @property
    def config(self) -> str:
        """The stack's file, as a reader calls it; empty: nothing is known."""
        ...

    def between(self, since: datetime, until: datetime) -> Sequence[Commit]:
        """Return commits that touched the stack's file or a program's, newest first."""
        ...


@dataclass(frozen=True)
class NoCommits:
    """Where git knows nothing."""

    config: str = ""

    def between(self, since: datetime, until: datetime) -> Sequence[Commit]:  # noqa: ARG002  # the port's signature
        """Return nothing."""
        return ()
