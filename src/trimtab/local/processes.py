"""Long-lived processes: started apart from this one, recognised later, and ended by their id and nothing else."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from pydantic import BaseModel, ConfigDict

from trimtab.local.interrupts import interrupts_held_back
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_GRACE_SECONDS = 5.0
_SAME_CLOCK_SECONDS = 0.05
_POLL_SECONDS = 0.02
_STANDARD_ERROR = 2


class ProcessRecord(BaseModel):
    """A process that was started, as the state file keeps it.

    Attributes:
        name: what it is called in messages.
        pid: its process id.
        created: when it was started, seconds of the epoch; a recycled id has another time.
        command: what was started.
        log: where its output goes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    pid: int
    created: float
    command: tuple[str, ...]
    log: Path


def launch(name: str, command: Sequence[str], *, log: Path, env: Mapping[str, str]) -> ProcessRecord:
    """Start `command` in a session of its own, with its output in `log`.

    Raises:
        WorldError: it cannot be started.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    to_log = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        to_log,
        (os.POSIX_SPAWN_DUP2, 1, 2),
        *((os.POSIX_SPAWN_CLOSE, descriptor) for descriptor in _handed_down()),
    ]
    try:
        pid = os.posix_spawn(command[0], list(command), dict(env), file_actions=actions, setsid=True)
        created = psutil.Process(pid).create_time()
    except (OSError, psutil.Error) as error:
        raise WorldError(
            f"{name} cannot be started: {error}", remedy=f"see that {command[0]} exists and may be executed."
        ) from error
    return ProcessRecord(name=name, pid=pid, created=created, command=tuple(command), log=log)


def _handed_down() -> list[int]:
    """Files that a child would keep open: the lock of `flock FILE make demo`, which the process would hold for ever."""
    return [
        one
        for one in (int(path.name) for path in Path("/dev/fd").iterdir())
        if one > _STANDARD_ERROR and _is_inheritable(one)
    ]


def _is_inheritable(descriptor: int) -> bool:
    try:
        return os.get_inheritable(descriptor)
    except OSError:  # the one that listed the folder is closed by now
        return False


@contextmanager
def launched(name: str, command: Sequence[str], *, log: Path, env: Mapping[str, str]) -> Iterator[ProcessRecord]:
    """A process that outlives the block, unless the block fails or is interrupted: then it is ended.

    Raises:
        WorldError: it cannot be started.
    """
    record: ProcessRecord | None = None
    try:
        # Between the start of a process and the moment when its id is known here, nobody could end it.
        with interrupts_held_back():
            record = launch(name, command, log=log, env=env)
        yield record
    except BaseException:
        if record is not None:
            end(record)
        raise


def is_running(record: ProcessRecord) -> bool:
    """Whether the very process that was started still runs."""
    return _find(record) is not None


def end(record: ProcessRecord) -> bool:
    """End the process and those it started; gives False where it had ended before."""
    process = _find(record)
    if process is None:
        return False
    family = [process, *_children(process)]
    for member in family:
        _signal(member, signal.SIGTERM)
        # A process that was stopped would not hear it otherwise.
        _signal(member, signal.SIGCONT)
    for member in _still_running(family, _GRACE_SECONDS):
        _signal(member, signal.SIGKILL)
    _still_running(family, _GRACE_SECONDS)
    return True


def await_line(record: ProcessRecord, wanted: Callable[[str], bool], seconds: float) -> str:
    """The first whole line of its output that is the wanted one, waited for.

    Raises:
        WorldError: it ended, or wrote none in time.
    """
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        running = is_running(record)
        whole, _, _ = _read(record.log).rpartition("\n")
        found = next((line.strip() for line in whole.splitlines() if wanted(line.strip())), None)
        if found is not None:
            return found
        if not running:
            break
        time.sleep(_POLL_SECONDS)
    raise failed(record, "did not come up")


def failed(record: ProcessRecord, what: str) -> WorldError:
    """The error for a process that does not do what it should, with the last line of its log."""
    lines = _read(record.log).strip().splitlines()
    said = f"; it said last: {lines[-1]}" if lines else "; its log is empty."
    return WorldError(f"{record.name} {what}{said}", remedy=f"read {record.log}, then run `trimtab local up` again.")


def _find(record: ProcessRecord) -> psutil.Process | None:
    try:
        process = psutil.Process(record.pid)
        same = abs(process.create_time() - record.created) < _SAME_CLOCK_SECONDS
    except psutil.NoSuchProcess:
        return None
    return process if same and not _has_ended(process) else None


def _has_ended(process: psutil.Process) -> bool:
    """Also true of one that only waits for its parent to take note, which may be this process."""
    try:
        if process.status() != psutil.STATUS_ZOMBIE:
            return False
        with contextlib.suppress(psutil.TimeoutExpired):
            process.wait(timeout=0)
    except psutil.NoSuchProcess:
        return True
    return True


def _still_running(family: Sequence[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Those that have not ended after `seconds`; returns as soon as all have."""
    until = time.monotonic() + seconds
    while running := [member for member in family if not _has_ended(member)]:
        if time.monotonic() > until:
            return running
        time.sleep(_POLL_SECONDS)
    return []


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
