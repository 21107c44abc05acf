"""One apply at a time on a stack, on this machine; across machines the engine's own lock holds."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from trimtab.cost.apply.files import told
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
            holder.write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _held_by(holder: Path) -> str:
    try:
        return f" (process {holder.read_text(encoding='utf-8')})"
    except OSError:
        return ""
