"""Versioned artifacts: made once, under a lock, in a folder that appears only when it is complete.

An artifact is a folder `<name>-<version>-<os>-<arch>[-<key>]`. It is filled under a hidden name beside its place and
renamed at the end, so that whatever interrupts the making leaves nothing that a later run could take for whole. Two
runs that want the same artifact meet at a file lock: the second waits and then uses what the first has made.
"""

from __future__ import annotations

import json
import platform
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from trimtab.local.disk import FreeSpace, free_space, require_space, writing
from trimtab.local.progress import NotedProgress, Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

MANIFEST = "build.json"
_ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


def target_os() -> str:
    """Go's name of this operating system."""
    return {"linux": "linux", "darwin": "darwin", "win32": "windows"}.get(sys.platform, sys.platform)


def target_arch() -> str:
    """Go's name of this processor."""
    machine = platform.machine().lower()
    return _ARCHITECTURES.get(machine, machine)


@dataclass(frozen=True)
class Recipe:
    """How an artifact is made.

    Attributes:
        name: what it is, for example `engine`.
        version: its version; another version is another folder.
        title: what is shown while it is made.
        make: fills the folder it is given; raises where it cannot.
        needs_bytes: free disk that the making needs.
        expected_seconds: how long it usually takes.
        key: sets apart artifacts of one version that were made differently.
    """

    name: str
    version: str
    title: str
    make: Callable[[Path], None]
    needs_bytes: int
    expected_seconds: float
    key: str = ""

    @property
    def folder(self) -> str:
        return folder_name(self.name, self.version, self.key)


def folder_name(name: str, version: str, key: str = "") -> str:
    """`engine-3.274.1-linux-amd64`."""
    return "-".join(part for part in (name, version, target_os(), target_arch(), key) if part)


class Builds:
    """The folder of artifacts."""

    def __init__(self, root: Path, *, progress: Progress | None = None, probe: FreeSpace = free_space) -> None:
        self.root = root
        self._progress = progress or NotedProgress()
        self._probe = probe

    def find(self, name: str, version: str, key: str = "") -> Path | None:
        """The finished artifact, or None; one whose files are not those of its manifest is none."""
        folder = self.root / folder_name(name, version, key)
        return folder if _is_whole(folder) else None

    def get(self, recipe: Recipe) -> Path:
        """The artifact, made now if it is not there yet.

        Raises:
            WorldError: there is no room for it, or its making failed; nothing half made is left.
        """
        found = self.find(recipe.name, recipe.version, recipe.key)
        if found:
            return found
        with writing(recipe.title, self.root):
            (self.root / ".locks").mkdir(parents=True, exist_ok=True)
            with self._locked(recipe):
                # Another run may have made it while this one waited for the lock.
                return self.find(recipe.name, recipe.version, recipe.key) or self._make(recipe)

    def _locked(self, recipe: Recipe) -> AbstractContextManager[object]:
        lock = FileLock(self.root / ".locks" / f"{recipe.folder}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            with self._progress.step(f"waiting for another run: {recipe.title}", recipe.expected_seconds):
                lock.acquire(poll_interval=0.2)
        return _Held(lock)

    def _make(self, recipe: Recipe) -> Path:
        self._sweep(recipe)
        require_space(self.root, recipe.needs_bytes, recipe.title, self._probe)
        partial = Path(tempfile.mkdtemp(prefix=f".{recipe.folder}.", dir=self.root))
        started = time.monotonic()
        try:
            with self._progress.step(recipe.title, recipe.expected_seconds):
                recipe.make(partial)
            _write_manifest(partial, recipe, time.monotonic() - started)
            partial.chmod(0o755)
            return partial.rename(self.root / recipe.folder)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise

    def _sweep(self, recipe: Recipe) -> None:
        """Remove what a killed run left; the lock is ours, so nobody is at work on it."""
        for stale in self.root.glob(f".{recipe.folder}.*"):
            shutil.rmtree(stale, ignore_errors=True)
        shutil.rmtree(self.root / recipe.folder, ignore_errors=True)


class _Held:
    """A lock that is already held, released at the end of a block."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _write_manifest(folder: Path, recipe: Recipe, seconds: float) -> None:
    files = {str(path.relative_to(folder)): path.stat().st_size for path in sorted(folder.rglob("*")) if path.is_file()}
    manifest = {"name": recipe.name, "version": recipe.version, "seconds": round(seconds, 1), "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _is_whole(folder: Path) -> bool:
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        return all((folder / name).stat().st_size == size for name, size in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
