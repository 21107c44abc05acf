"""What a process that outlives its starter takes with it, and what not."""

from __future__ import annotations

import fcntl
import os
import sys
from typing import TYPE_CHECKING

from trimtab.local.processes import end, is_running, launch

if TYPE_CHECKING:
    from pathlib import Path


def test_a_lock_that_was_handed_down_is_not_kept(tmp_path: Path) -> None:
    """As `flock FILE make demo` hands it down: open in every child, held until the last one has closed it."""
    lock = tmp_path / "lock"
    held = os.open(lock, os.O_CREAT | os.O_RDWR)
    os.set_inheritable(held, True)
    fcntl.flock(held, fcntl.LOCK_EX)
    record = launch("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], log=tmp_path / "log", env={})
    try:
        os.close(held)
        assert is_running(record)
        with lock.open("w") as again:
            fcntl.flock(again, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        end(record)
