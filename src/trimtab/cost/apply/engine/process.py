"""Running `pulumi`: its output in files, its end in good order."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Finished:
    """How a command of the engine ended."""

    code: int
    stdout: str
    stderr: str


def run(command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str]) -> Finished:
    """Run to the end.

    Output goes to files, not pipes: should this process be killed, the engine finishes what it has begun
    instead of dying at its next word. Ctrl-C reaches the engine once, and is raised here after its end.

    Args:
        command: the engine and its arguments.
        folder: the project.
        log: where output is kept if the command fails, until one of its name fails again; stderr in a file beside it.
        environment: what is added to this process's own.

    Raises:
        KeyboardInterrupt: the user stopped it; the engine has ended.
        OSError: it cannot be started.
    """
    errors = log.with_suffix(".err")
    # Going back after a failed update is an update too: its success must not take the failure's output away.
    parts = {log: _part(log), errors: _part(errors)}
    with parts[log].open("wb") as out, parts[errors].open("wb") as err:
        child = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        pid = _pid_file(log.parent)
        pid.write_text(str(child.pid), encoding="utf-8")
        try:
            code = child.wait()
        except KeyboardInterrupt:
            _end(child)
            raise
        finally:
            pid.unlink(missing_ok=True)
    finished = Finished(code, _text(parts[log]), _text(parts[errors]))
    for kept, part in parts.items():
        if code == 0:
            part.unlink(missing_ok=True)
        else:
            part.replace(kept)
    return finished


def await_orphan(logs: Path, patience_seconds: float, tell: Callable[[str], None]) -> None:
    """Wait for an engine that outlived the process which started it, as long as it takes within patience.

    It holds the stack's lock for most of its life, but not before it has read its configuration.
    """
    try:
        orphan = psutil.Process(int(_pid_file(logs).read_text(encoding="utf-8")))
        runs = "pulumi" in orphan.name()
    except (OSError, ValueError, psutil.Error):
        return
    if runs:
        tell(f"waiting for the engine that a run which died has left (process {orphan.pid})")
        with suppress(psutil.TimeoutExpired):
            orphan.wait(timeout=patience_seconds)


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _pid_file(logs: Path) -> Path:
    return logs / "engine.pid"


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ask the engine to stop after what it is doing; a second Ctrl-C ends it at once."""
    try:
        child.send_signal(signal.SIGINT)
        child.wait()
    except KeyboardInterrupt:
        with suppress(ProcessLookupError):
            child.kill()
        child.wait()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
