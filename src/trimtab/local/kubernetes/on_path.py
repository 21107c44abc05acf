"""Programs of a cluster that are already installed: in KUBEBUILDER_ASSETS, or on PATH."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.local.commands import run
from trimtab.local.engine.model import parse_version
from trimtab.local.kubernetes.model import ETCD, ETCD_VERSION, KUBERNETES_VERSION, Origin, Part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.local.progress import Progress

ASSETS_VARIABLE = "KUBEBUILDER_ASSETS"
"""Where Kubernetes' own test tools keep a cluster's programs."""


def on_path(program: str, progress: Progress, environ: Mapping[str, str] = os.environ) -> Part | None:
    """The program, if it is of the minor version that the embedded cluster is made of.

    Args:
        program: its name.
        progress: told why one that is there is not used.
        environ: where KUBEBUILDER_ASSETS and PATH are looked up.
    """
    folders = os.pathsep.join(part for part in (environ.get(ASSETS_VARIABLE), environ.get("PATH")) if part)
    found = shutil.which(program, path=folders)
    if not found:
        return None
    wanted = ETCD_VERSION if program == ETCD else KUBERNETES_VERSION
    finished = run([found, "--version"])
    version = parse_version(finished.stdout) if finished.code == 0 else None
    if version is None or version[:2] != (parse_version(wanted) or ())[:2]:
        told = ".".join(map(str, version)) if version else "of an unknown version"
        progress.note(f"{program} at {found} is {told}, not {wanted.rpartition('.')[0]}: not used.")
        return None
    return Part(Path(found).resolve(), ".".join(map(str, version)), Origin.PATH)
