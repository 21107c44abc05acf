"""Room on the disk: asked before long work, and named when it runs out."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator

GIB = 1024**3

FreeSpace = Callable[[Path], int]
"""Bytes that a path's disk has left; the path itself need not exist yet."""


def free_space(path: Path) -> int:
    """Free bytes on the disk that holds `path`, or its nearest parent that exists."""
    existing = next(candidate for candidate in (path, *path.parents) if candidate.exists())
    return shutil.disk_usage(existing).free


def require_space(path: Path, needed_bytes: int, what: str, probe: FreeSpace = free_space) -> None:
    """Refuse work that the disk has no room for.

    Raises:
        WorldError: fewer than `needed_bytes` bytes are free where `path` lies.
    """
    free = probe(path)
    if free < needed_bytes:
        raise WorldError(
            f"{what} needs {needed_bytes / GIB:.1f} GiB free at {path}; {free / GIB:.1f} GiB are. Nothing was written.",
            remedy="free some room, or set TRIMTAB_HOME to a folder on a larger disk.",
        )


def disk_full(what: str, where: Path) -> WorldError:
    """The error that a full disk becomes, wherever it was noticed."""
    return WorldError(
        f"{what}: the disk ran full at {where}. The unfinished files were removed.",
        remedy="free some room, or set TRIMTAB_HOME to a folder on a larger disk, and run the command again.",
    )


@contextmanager
def writing(what: str, where: Path) -> Iterator[None]:
    """Turn what a disk refuses (no space, no permission, no such device) into an error with a remedy.

    Raises:
        WorldError: something below `where` could not be written or read.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full(what, where) from error
        raise WorldError(
            f"{what}: {error.strerror or error} ({error.filename or where}).",
            remedy=f"see that {where} can be written, or set TRIMTAB_HOME to a folder that can.",
        ) from error
