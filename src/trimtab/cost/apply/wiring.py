"""What a transaction works with; the command line puts it together, tests put in recorded parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trimtab.cost.apply.config import StackFile
    from trimtab.cost.apply.engine import Engine
    from trimtab.cost.apply.journal import Journal
    from trimtab.cost.apply.watch import Watcher


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(tz=UTC)


@dataclass(frozen=True)
class Wiring:
    """The parts of one run.

    Attributes:
        file: the stack's configuration.
        scratch: folder for the candidate that the preview reads.
        tell: takes a line for the user.
    """

    journal: Journal
    engine: Engine
    file: StackFile
    watcher: Watcher
    scratch: Path
    tell: Callable[[str], None]
    clock: Callable[[], datetime] = now
