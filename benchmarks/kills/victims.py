"""Who is killed (SIGKILL): trimtab alone, the engine that it started, or both, as in a power cut."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    import subprocess


class Victim(StrEnum):
    """The processes that die; the engine is a session of its own, so a kill of trimtab's group spares it."""

    TRIMTAB = "trimtab"
    ENGINE = "engine"
    BOTH = "both"


def kill(process: subprocess.Popen[str], victim: Victim) -> None:
    """Kill at once what `victim` says of a running command and everything that it started."""
    below: list[psutil.Process] = []
    with suppress(psutil.NoSuchProcess):
        below = psutil.Process(process.pid).children(recursive=True)
    if victim is not Victim.ENGINE:
        process.kill()
    if victim is not Victim.TRIMTAB:
        for child in below:
            with suppress(psutil.NoSuchProcess):
                child.kill()
