"""`trimtab local down`: ends, by process id, what `up` has started, and nothing else."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.local import processes
from trimtab.local.disk import writing
from trimtab.local.home import locked
from trimtab.local.state import LocalState, load
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from trimtab.local.home import Home
    from trimtab.local.processes import ProcessRecord


@dataclass(frozen=True)
class Ended:
    """What `down` did.

    Attributes:
        ended: processes that were ended.
        gone: processes that had ended before.
        purged: the folder that was removed with everything in it, if it was asked for.
    """

    ended: tuple[ProcessRecord, ...]
    gone: tuple[ProcessRecord, ...]
    purged: bool


def down(home: Home, *, purge: bool = False) -> Ended:
    """End the local cloud.

    Args:
        home: its folders.
        purge: remove stacks' state, logs and PULUMI_HOME too (built engines are kept).

    Raises:
        WorldError: the state file cannot be understood, and it was not asked to be removed.
    """
    if not home.local.exists():
        return Ended((), (), purged=False)
    with writing("ending the local cloud", home.local), locked(home):
        state = _load(home, purge=purge)
        records = state.all_processes if state else ()
        ended = {record.pid for record in records if processes.end(record)}
        home.state_file.unlink(missing_ok=True)
        if purge:
            shutil.rmtree(home.local, ignore_errors=True)
    return Ended(
        ended=tuple(record for record in records if record.pid in ended),
        gone=tuple(record for record in records if record.pid not in ended),
        purged=purge,
    )


def _load(home: Home, *, purge: bool) -> LocalState | None:
    try:
        return load(home.state_file)
    except WorldError:
        if not purge:
            raise
        return None
