"""The objects as a folder of files: either the whole new one or the old one, never a part."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.render.text import as_yaml
from trimtab.spec.errors import UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trimtab.render.objects import KubernetesObject

CLUSTER_WIDE = "_cluster"
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")


def file_names(objects: Sequence[KubernetesObject]) -> list[str]:
    """A path for each object, `<namespace>/<kind>-<name>.yaml`; groups tell apart what would share one.

    Raises:
        UserError: two resources declare the same object.
    """
    short = [_path(one, one.kind) for one in objects]
    shared = {name for name, count in Counter(short).items() if count > 1}
    names = [
        _path(one, f"{one.kind}.{one.group or 'core'}") if name in shared else name
        for one, name in zip(objects, short, strict=True)
    ]
    owner: dict[str, KubernetesObject] = {}
    for one, name in zip(objects, names, strict=True):
        if name in owner:
            raise UserError(
                f"{one.kind} {one.name} in {one.namespace or 'the cluster'} is declared twice: by {owner[name].urn} "
                f"and by {one.urn}",
                remedy="give one of them another name, or render each cluster's part by itself.",
            )
        owner[name] = one
    return names


def write_folder(files: Mapping[str, KubernetesObject], folder: Path, *, force: bool) -> None:
    """Write every object below `folder`, in one step.

    Args:
        files: path below the folder to object.
        folder: is made where it is missing; an empty one is used.
        force: replace a folder that holds something.

    Raises:
        UserError: the folder holds something, or is one that nobody means to replace.
        WorldError: it cannot be written.
    """
    _refuse(folder, force=force)
    partial: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        partial.chmod(0o755)
        for name, one in files.items():
            path = partial / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(as_yaml(one.document), encoding="utf-8")
        _swap(partial, folder)
    except OSError as error:
        raise WorldError(
            f"--output {folder}: cannot be written: {error.strerror}; nothing was changed",
            remedy="name a folder in one that can be written, with room on its disk.",
        ) from error
    finally:
        if partial is not None:
            shutil.rmtree(partial, ignore_errors=True)


def _refuse(folder: Path, *, force: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise UserError(f"--output {folder}: is a file", remedy="name a folder.")
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not force:
        raise UserError(
            f"--output {folder}: is not empty", remedy="name another folder, or replace this one with --force."
        )
    strange = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".yaml")
    here = Path.cwd().resolve()
    if folder.resolve() in (here, *here.parents) or strange:
        seen = f"it holds {strange[0].relative_to(folder)}" if strange else "you stand in it"
        raise UserError(
            f"--output {folder}: --force replaces a folder of rendered objects, and this is none: {seen}",
            remedy="name a folder of its own for the objects.",
        )


def _swap(partial: Path, folder: Path) -> None:
    """Put the new folder in the old one's place; the old one comes back if that fails."""
    if not folder.exists():
        partial.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    folder.rename(old)  # an empty folder may be renamed over
    try:
        partial.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _path(one: KubernetesObject, kind: str) -> str:
    return f"{_fit(one.namespace) or CLUSTER_WIDE}/{_fit(kind.lower())}-{_fit(one.name)}.yaml"


def _fit(text: str) -> str:
    return _UNFIT.sub("-", text).strip("-.")
