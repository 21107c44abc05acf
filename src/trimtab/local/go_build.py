"""Builds a program from published Go modules, inside a module of its own that is thrown away afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trimtab.local.commands import run, run_checked
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.local.engine.go_toolchain import Go

# Workspaces and vendoring of the folder that the user stands in have no say here.
ENVIRONMENT: Mapping[str, str] = {"GOWORK": "off", "GO111MODULE": "on"}

REMEDY = (
    "see that the Go module proxy can be reached (`go env GOPROXY`), then run the command again: what was downloaded "
    "and compiled is kept."
)


@dataclass(frozen=True)
class Module:
    """A module as `go mod download` leaves it in the module cache (read-only).

    Attributes:
        folder: its files.
        go_mod: its go.mod.
    """

    folder: Path
    go_mod: Path


def download(go: Go, module: str, version: str, *, where: Path, env: Mapping[str, str] | None = None) -> Module:
    """Bring one module, without those that it requires.

    Args:
        go: the toolchain.
        module: its path.
        version: with the leading `v`.
        where: a folder outside any module.
        env: laid over the environment.

    Raises:
        WorldError: the proxy does not serve it, or its checksum is another.
    """
    finished = run(
        [str(go.executable), "mod", "download", "-json", f"{module}@{version}"],
        cwd=where,
        env={**ENVIRONMENT, **(env or {})},
    )
    answer = _parsed(finished.stdout)
    if finished.code == 0 and answer.get("Dir"):
        return Module(Path(str(answer["Dir"])), Path(str(answer["GoMod"])))
    reason = str(answer.get("Error") or finished.stderr.strip() or "no answer")
    raise WorldError(f"the Go module {module} {version} cannot be had: {reason}", remedy=REMEDY)


def write_go_mod(where: Path, require: Mapping[str, str], replace: Mapping[str, str]) -> None:
    """Make `where` a module.

    Args:
        where: its folder, made where it is missing.
        require: versions by module path.
        replace: `path version` by the module path that it stands for.
    """
    where.mkdir(parents=True, exist_ok=True)
    lines = ["module trimtab.local/build", "", "go 1.25.0", ""]
    lines += [f"require {module} {version}" for module, version in require.items()]
    lines += [f"replace {module} => {other}" for module, other in replace.items()]
    (where / "go.mod").write_text("\n".join(lines) + "\n", encoding="utf-8")


def build(go: Go, package: str, target: Path, *, where: Path, flags: str = "") -> None:
    """Compile `package` of the module in `where` to `target`, without symbols.

    Raises:
        WorldError: it cannot be built; a full disk has a message of its own.
    """
    command = [str(go.executable), "build", "-mod=mod", "-buildvcs=false", f"-ldflags=-s -w {flags}".rstrip()]
    run_checked(
        [*command, "-o", str(target), package],
        f"building {target.name}",
        where=where,
        env=ENVIRONMENT,
        remedy=REMEDY,
    )


def _parsed(text: str) -> dict[str, Any]:
    try:
        parsed: dict[str, Any] = json.loads(text)
    except ValueError:
        return {}
    return parsed
