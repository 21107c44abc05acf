"""Runs a tool to its end, keeps its output for the error message, and takes it along when interrupted."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.local.disk import disk_full
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_LAST_LINES = 12
_GRACE_SECONDS = 3.0


@dataclass(frozen=True)
class Finished:
    """How a tool ended, and what it wrote."""

    code: int
    stdout: str
    stderr: str

    @property
    def last_lines(self) -> str:
        return "\n".join(f"{self.stdout}\n{self.stderr}".strip().splitlines()[-_LAST_LINES:])


def run(args: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Finished:
    """Run `args` and wait; on an interrupt the tool is ended first.

    Raises:
        WorldError: the tool is not there or cannot be started.
    """
    try:
        process = subprocess.Popen(
            list(args),
            cwd=cwd,
            env={**os.environ, **env} if env else None,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise WorldError(
            f"{args[0]} cannot be started: {error.strerror}",
            remedy=f"see that {args[0]} exists and may be executed.",
        ) from error
    try:
        stdout, stderr = process.communicate()
    except BaseException:
        _end(process)
        raise
    return Finished(process.returncode, stdout, stderr)


def run_checked(
    args: Sequence[str], what: str, *, remedy: str, where: Path, env: Mapping[str, str] | None = None
) -> str:
    """Run `args` in `where` and give its standard output.

    Raises:
        WorldError: it failed; a full disk has a message of its own.
    """
    finished = run(args, cwd=where, env=env)
    if finished.code == 0:
        return finished.stdout
    if "no space left on device" in finished.last_lines.lower():
        raise disk_full(what, where)
    raise WorldError(f"{what} failed (exit code {finished.code}):\n{finished.last_lines}", remedy=remedy)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
