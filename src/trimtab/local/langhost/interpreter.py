"""Which Python runs a program: the `virtualenv` of its runtime options, else the one that runs this host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOOLCHAIN_FOLDERS = {"pip": None, "uv": ".venv"}
"""Toolchains that can be asked for, and the virtual environment that each uses where none is named."""


class OptionError(Exception):
    """The runtime options cannot be honoured; the message says why and what to do."""


@dataclass(frozen=True)
class Interpreter:
    """A Python, and the virtual environment it belongs to (None: its own installation)."""

    python: Path
    virtualenv: Path | None = None

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """`base` as it is after the virtual environment's `activate`."""
        environment = dict(base)
        if self.virtualenv:
            environment["VIRTUAL_ENV"] = str(self.virtualenv)
            environment["PATH"] = os.pathsep.join([str(self.python.parent), environment.get("PATH", "")])
            environment.pop("PYTHONHOME", None)
        return environment

    def search_path(self) -> list[Path]:
        """The folders from which this Python imports."""
        if self.python == Path(sys.executable):
            found = sys.path
        else:
            asked = subprocess.run(
                [str(self.python), "-c", "import json, sys; print(json.dumps(sys.path))"],
                env=self.environment(os.environ),
                capture_output=True,
                text=True,
                check=False,
            )
            if asked.returncode != 0:
                raise OptionError(f"{self.python} cannot be run: {asked.stderr.strip()}")
            found = json.loads(asked.stdout)
        return [Path(folder) for folder in found if folder]


def choose(options: Mapping[str, Any], root: Path) -> Interpreter:
    """The interpreter that `runtime.options` of a project or policy pack ask for.

    Args:
        options: `virtualenv` (relative to `root`) and `toolchain` are read.
        root: folder of `Pulumi.yaml`, `PulumiPolicy.yaml` or `PulumiPlugin.yaml`.

    Raises:
        OptionError: the toolchain is not served here, or there is no virtual environment where one is named.
    """
    toolchain = str(options.get("toolchain") or "pip").lower()
    if toolchain not in _TOOLCHAIN_FOLDERS:
        allowed = ", ".join(_TOOLCHAIN_FOLDERS)
        raise OptionError(
            f"runtime option toolchain: {toolchain!r} is not served by this language host; allowed are {allowed}. "
            "Name the environment with the `virtualenv` option instead, or install Pulumi's own distribution."
        )
    named = options.get("virtualenv") or _TOOLCHAIN_FOLDERS[toolchain]
    if not named:
        return Interpreter(Path(sys.executable))
    virtualenv = root / str(named)
    python = virtualenv / "bin" / "python"
    if not python.exists():
        lacks = "is not a virtual environment" if virtualenv.is_dir() else "does not exist"
        raise OptionError(
            f"runtime option virtualenv: {str(named)!r} {lacks} ({virtualenv}). "
            f"Make it with `python3 -m venv {virtualenv}` and install the requirements into it, "
            "or take the option out of the project's file."
        )
    return Interpreter(python, virtualenv)
