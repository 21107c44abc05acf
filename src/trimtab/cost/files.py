"""Writing so that a crash leaves the old file or the new one, and says which."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator


def replace(path: Path, text: str) -> None:
    """Replace `path` by `text` in one step, keeping its mode; a link keeps pointing to where it does.

    Raises:
        WorldError: it cannot be written; the old file stands.
    """
    target = path.resolve()
    with told(f"{path}: cannot be written", "free room on the disk or mend the folder's rights; the old file stands."):
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        partial = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode())
                stream.flush()
                os.fsync(stream.fileno())
            partial.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o644)
            partial.replace(target)
            sync_folder(target.parent)
        finally:
            partial.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a new or renamed entry of `folder` outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def told(what: str, remedy: str) -> Iterator[None]:
    """Turn an operating system's error into one of ours."""
    try:
        yield
    except OSError as error:
        raise WorldError(f"{what}: {error.strerror}", remedy=remedy) from error
