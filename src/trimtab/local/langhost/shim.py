"""Puts this language host where an engine looks for one: beside `pulumi`."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from typing import TYPE_CHECKING

from trimtab.local.atomic import write_script
from trimtab.local.engine.model import LANGUAGE_EXEC, LANGUAGE_HOST

if TYPE_CHECKING:
    from pathlib import Path


def install_beside(engine_folder: Path, target: Path) -> None:
    """Fill `target` with the files of `engine_folder` and this host.

    The engine warns of a language host that does not lie in its own folder, so it is linked into ours.

    Raises:
        WorldError: the disk is full.
    """
    target.mkdir(parents=True, exist_ok=True)
    for source in engine_folder.iterdir():
        if source.is_file():
            _link(source, target / source.name)
    command = [sys.executable, "-m", "trimtab.local.langhost", "--exec-script", str(target / LANGUAGE_EXEC)]
    write_script(target / LANGUAGE_HOST, f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')


def _same(source: Path, target: Path) -> bool:
    """One file under two names, or a copy of it that kept its time."""
    one, other = source.stat(), target.stat()
    return os.path.samestat(one, other) or (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)


def _link(source: Path, target: Path) -> None:
    """A hard link where both are on one disk, else a copy; replaced in one step."""
    if target.exists() and _same(source, target):
        return
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    try:
        os.link(source, partial)
    except OSError:
        shutil.copy2(source, partial)
    partial.replace(target)
