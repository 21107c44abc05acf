"""Python and the disk."""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING

from trimtab.local.disk import GIB, free_space
from trimtab.local.doctor.engine import existing_engine
from trimtab.local.doctor.model import Answer, State

if TYPE_CHECKING:
    from trimtab.local.doctor.model import Site

_OLDEST_PYTHON = (3, 11)
_BUILD_BYTES = 3 * GIB
_RUN_BYTES = GIB // 2


def python(_site: Site) -> Answer:
    found = f"{platform.python_version()} at {sys.executable}"
    if sys.version_info[:2] < _OLDEST_PYTHON:
        return Answer(State.GAP, found, "install Python 3.11 or newer and run `make setup` with it.")
    return Answer(State.OK, found)


def disk(site: Site) -> Answer:
    """Room for a build of the engine where there is none yet, else for state and logs."""
    needed = _RUN_BYTES if existing_engine(site)[0] else _BUILD_BYTES
    free = free_space(site.home.builds)
    found = f"{free / GIB:.1f} GiB free at {site.home.builds}"
    if free < needed:
        return Answer(
            State.GAP,
            f"{found}; {needed / GIB:.1f} GiB are needed",
            "free some room, or set TRIMTAB_HOME to a folder on a larger disk.",
        )
    return Answer(State.OK, found)
