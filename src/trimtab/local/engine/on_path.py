"""A `pulumi` that is already installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.local.commands import run
from trimtab.local.engine.model import LANGUAGE_EXEC, LANGUAGE_HOST, OLDEST, Engine, Origin, parse_version

if TYPE_CHECKING:
    from trimtab.local.progress import Progress


def on_path(progress: Progress, search_path: str | None, ignore: Path) -> Engine | None:
    """The engine on PATH, if it is recent enough and can run Python programs.

    Args:
        progress: told why an engine that is there is not used.
        search_path: `os.pathsep`-joined folders; None for this process's PATH.
        ignore: a folder of ours that PATH may hold (`trimtab local env` puts it there); no find in it counts.
    """
    found = shutil.which("pulumi", path=_without(search_path, ignore))
    if not found:
        return None
    executable = Path(found).resolve()
    version = _version(executable)
    if version is None or (parse_version(version) or (0, 0, 0)) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        progress.note(f"pulumi at {found} is {version or 'of an unknown version'}, older than {oldest}: not used.")
        return None
    has_host = (executable.parent / LANGUAGE_HOST).exists()
    if not has_host and not (executable.parent / LANGUAGE_EXEC).exists():
        progress.note(f"pulumi at {found} has no {LANGUAGE_EXEC} beside it: not used.")
        return None
    return Engine(executable.parent, version, Origin.PATH, has_host)


def _version(executable: Path) -> str | None:
    finished = run([str(executable), "version"], env={"PULUMI_SKIP_UPDATE_CHECK": "true"})
    text = finished.stdout.strip().removeprefix("v")
    return text if finished.code == 0 and parse_version(text) else None


def _without(search_path: str | None, ignore: Path) -> str:

    folders = (os.environ.get("PATH", "") if search_path is None else search_path).split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if folder and Path(folder) != ignore)
