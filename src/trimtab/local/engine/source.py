"""Builds the engine from its published Go modules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trimtab.local.builds import Recipe
from trimtab.local.commands import run, run_checked
from trimtab.local.disk import GIB
from trimtab.local.engine.model import DYNAMIC_PROVIDER, LANGUAGE_EXEC, VERSIONS
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from trimtab.local.engine.go_toolchain import Go
    from trimtab.local.progress import Progress

_ENGINE = "github.com/pulumi/pulumi/pkg/v3"
_SDK = "github.com/pulumi/pulumi/sdk/v3"
_NEEDS_BYTES = 3 * GIB
_EXPECTED_SECONDS = 300.0

# The replaced clipboard module is the one that the engine's own go.mod replaces: a main module's replacements
# do not reach those who require it, so they are repeated here.
_GO_MOD = """module trimtab.local/engine

go 1.25.0

require (
	{engine} v{version}
	{sdk} v{version}
)

replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
"""

# Workspaces and vendoring of the folder that the user stands in have no say here.
_ENVIRONMENT = {"GOWORK": "off", "GO111MODULE": "on"}

_REMEDY = (
    "see that the Go module proxy can be reached (`go env GOPROXY`), or install Pulumi yourself so that `pulumi` "
    "is on PATH; then run the command again: what was downloaded and compiled is kept."
)


def served_version(go: Go, where: Path, progress: Progress) -> str:
    """The first of the known versions that the module proxy serves.

    Raises:
        WorldError: it serves none of them.
    """
    answers = []
    for version in VERSIONS:
        with progress.step(f"asking the Go module proxy for the engine's modules, {version}", 10):
            finished = run(
                [str(go.executable), "mod", "download", "-json", f"{_ENGINE}@v{version}"], cwd=where, env=_ENVIRONMENT
            )
        if finished.code == 0:
            return version
        answers.append(f"{version}: {_reason(finished.stdout, finished.stderr)}")
    raise WorldError("no known version of the engine can be had:\n" + "\n".join(answers), remedy=_REMEDY)


def source_recipe(go: Go, version: str) -> Recipe:
    """How the engine of `version` is built."""

    def make(folder: Path) -> None:
        _write_module(folder / "src", version)
        _build(go, version, folder / "src", folder / "bin" / "pulumi")
        _take_python_parts(go, folder / "src", folder / "bin")
        shutil.rmtree(folder / "src")

    return Recipe(
        name="engine",
        version=version,
        title=f"building the Pulumi engine {version} from its Go modules",
        make=make,
        needs_bytes=_NEEDS_BYTES,
        expected_seconds=_EXPECTED_SECONDS,
    )


def _write_module(folder: Path, version: str) -> None:
    folder.mkdir(parents=True)
    go_mod = _GO_MOD.format(engine=_ENGINE, sdk=_SDK, version=version)
    (folder / "go.mod").write_text(go_mod, encoding="utf-8")


def _build(go: Go, version: str, where: Path, target: Path) -> None:
    stamp = f"-s -w -X {_SDK}/go/common/version.Version={version}"
    run_checked(
        [
            str(go.executable),
            "build",
            "-mod=mod",
            "-buildvcs=false",
            f"-ldflags={stamp}",
            "-o",
            str(target),
            f"{_ENGINE}/cmd/pulumi",
        ],
        "building the engine",
        where=where,
        env=_ENVIRONMENT,
        remedy=_REMEDY,
    )


def _take_python_parts(go: Go, where: Path, target: Path) -> None:
    """Copy the two Python scripts that the SDK's Go module carries beside its Go code."""
    listed = run_checked(
        [str(go.executable), "list", "-mod=mod", "-m", "-f", "{{.Dir}}", _SDK],
        "finding the SDK's module",
        where=where,
        env=_ENVIRONMENT,
        remedy=_REMEDY,
    )
    module = Path(listed.strip())
    for script in (module / "python" / "cmd" / LANGUAGE_EXEC, module / "python" / "dist" / DYNAMIC_PROVIDER):
        # Files in the module cache are read-only; ours must be removable with their folder.
        copied = shutil.copyfile(script, target / script.name)
        copied.chmod(0o755)


def _reason(stdout: str, stderr: str) -> str:
    try:
        answer: dict[str, Any] = json.loads(stdout)
    except ValueError:
        return stderr.strip() or "no answer"
    return str(answer.get("Error") or stderr.strip() or "no answer")
