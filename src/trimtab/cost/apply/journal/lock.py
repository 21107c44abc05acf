"""One apply at a time on a stack, by a lock of the file system; `trimtab.cost.apply.lease` keeps other machines out."""

from __future__ import annotations

import getpass
import os
import socket
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from trimtab.cost.files import told
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def stack_lock(folder: Path) -> Iterator[None]:
    """Hold the stack's lock; the system gives it back when this process dies.

    Raises:
        WorldError: another process holds it, or the folder cannot be written.
    """
    with told(f"{folder}: cannot be made", "mend the rights of the project's folder."):
        folder.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(folder / "lock"), folder / "lock.holder"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise WorldError(
            f"stack {folder.name}: another trimtab changes it{_held_by(holder)}; nothing was changed",
            remedy="wait until it has ended, or end it: `trimtab cost resume` then goes on from where it was.",
        ) from None
    except OSError as error:
        raise WorldError(f"{folder}/lock: {error.strerror}", remedy="mend the rights of .trimtab.") from error
    try:
        with told(f"{holder}: cannot be written", "free room on the disk or mend the rights of .trimtab."):
            who = f"process {os.getpid()} of {getpass.getuser()}@{socket.gethostname()}"
            holder.write_text(f"{who}, since {datetime.now(tz=UTC):%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _held_by(holder: Path) -> str:
    try:
        return f" ({holder.read_text(encoding='utf-8')})"
    except OSError:
        return ""
