"""Puts this language host where an engine looks for one: beside `pulumi`."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

from trimtab.local.atomic import link_file, write_script
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
            link_file(source, target / source.name)
    command = [sys.executable, "-m", "trimtab.local.langhost", "--exec-script", str(target / LANGUAGE_EXEC)]
    write_script(target / LANGUAGE_HOST, f'#!/bin/sh\nexec {shlex.join(command)} "$@"\n')
