"""Builds the engine from its published Go modules."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from trimtab.local.builds import Recipe
from trimtab.local.disk import GIB
from trimtab.local.engine.model import DYNAMIC_PROVIDER, LANGUAGE_EXEC, VERSIONS
from trimtab.local.go_build import REMEDY, build, download, write_go_mod
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.engine.go_toolchain import Go
    from trimtab.local.progress import Progress

_ENGINE = "github.com/pulumi/pulumi/pkg/v3"
_SDK = "github.com/pulumi/pulumi/sdk/v3"
_NEEDS_BYTES = 3 * GIB
_EXPECTED_SECONDS = 300.0

# The replaced clipboard module is the one that the engine's own go.mod replaces: a main module's replacements
# do not reach those who require it, so they are repeated here.
_REPLACE = {"github.com/atotto/clipboard": "github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e"}


def served_version(go: Go, where: Path, progress: Progress) -> str:
    """The first of the known versions that the module proxy serves.

    Raises:
        WorldError: it serves none of them.
    """
    answers = []
    for version in VERSIONS:
        with progress.step(f"asking the Go module proxy for the engine's modules, {version}", 10):
            try:
                download(go, _ENGINE, f"v{version}", where=where)
            except WorldError as error:
                answers.append(error.message)
                continue
        return version
    raise WorldError(
        "no known version of the engine can be had:\n" + "\n".join(answers),
        remedy=f"install Pulumi yourself so that `pulumi` is on PATH, or {REMEDY}",
    )


def source_recipe(go: Go, version: str) -> Recipe:
    """How the engine of `version` is built."""

    def make(folder: Path) -> None:
        source, target = folder / "src", folder / "bin"
        write_go_mod(source, {_ENGINE: f"v{version}", _SDK: f"v{version}"}, _REPLACE)
        stamp = f"-X {_SDK}/go/common/version.Version={version}"
        build(go, f"{_ENGINE}/cmd/pulumi", target / "pulumi", where=source, flags=stamp)
        _take_python_parts(download(go, _SDK, f"v{version}", where=folder).folder, target)
        shutil.rmtree(source)

    return Recipe(
        name="engine",
        version=version,
        title=f"building the Pulumi engine {version} from its Go modules",
        make=make,
        needs_bytes=_NEEDS_BYTES,
        expected_seconds=_EXPECTED_SECONDS,
    )


def _take_python_parts(module: Path, target: Path) -> None:
    """Copy the two Python scripts that the SDK's Go module carries beside its Go code."""
    for script in (module / "python" / "cmd" / LANGUAGE_EXEC, module / "python" / "dist" / DYNAMIC_PROVIDER):
        # Files in the module cache are read-only; ours must be removable with their folder.
        copied = shutil.copyfile(script, target / script.name)
        copied.chmod(0o755)
