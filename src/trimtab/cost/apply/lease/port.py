"""What a command asks of a lock that other machines see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Lease(Protocol):
    """A lock that is held until its context ends."""

    def check(self) -> None:
        """Make sure that it is still ours.

        Raises:
            WorldError: it was broken by somebody else, or could not be renewed in time.
        """
        ...

    def keep(self, *, while_open: bool) -> None:
        """Say whether the run is open: others are kept out of a stack whose run has not ended, also when we leave."""
        ...


@dataclass(frozen=True)
class Wanted:
    """A lock that is to be taken.

    Attributes:
        project, stack: what is locked.
        holder: who takes it, `mara@build-7`.
        folder: the stack's journal on this machine; it keeps the token, so that a later run here knows its own lock.
        break_stale: whether a lock that its holder has ceased to renew is taken over.
        tell: takes a line for the user.
    """

    project: str
    stack: str
    holder: str
    folder: Path
    break_stale: bool
    tell: Callable[[str], None]
