"""Files that are either the old one or the new one, never a part of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from trimtab.local.disk import writing


def write_text(path: Path, text: str, mode: int = 0o644) -> None:
    """Replace `path` by `text` in one step; its folder is made where it is missing.

    Raises:
        WorldError: the disk is full.
    """
    with writing(f"writing {path.name}", path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        partial = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            partial.chmod(mode)
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise


def write_script(path: Path, text: str) -> None:
    """Replace `path` by an executable script."""
    write_text(path, text, mode=0o755)


def link_file(source: Path, target: Path) -> None:
    """Make `target` a hard link of `source` where both are on one disk, else a copy; replaced in one step."""
    if target.exists() and _same(source, target):
        return
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    try:
        os.link(source, partial)
    except OSError:
        shutil.copy2(source, partial)
    partial.replace(target)


def _same(source: Path, target: Path) -> bool:
    """One file under two names, or a copy of it that kept its time."""
    one, other = source.stat(), target.stat()
    return os.path.samestat(one, other) or (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)
