"""Processes that live with the local cloud (one that plays traffic, say): started by name, ended by `down`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.local import processes
from trimtab.local.disk import writing
from trimtab.local.environment import process_environment
from trimtab.local.home import locked
from trimtab.local.running import require_running
from trimtab.local.state import load, save
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.local.home import Home
    from trimtab.local.processes import ProcessRecord


def start(home: Home, name: str, command: Sequence[str]) -> ProcessRecord:
    """Start `command` under `name` in the local cloud's environment; one that runs already is left alone.

    Args:
        home: the local cloud's folders.
        name: what it is known by; its log is `<name>.log`.
        command: an absolute path and its arguments.

    Raises:
        UserError: another command runs under that name.
        WorldError: the local cloud does not run, or the command cannot be started.
    """
    with writing(f"starting {name}", home.local), locked(home):
        state = require_running(home)
        running = state.processes.get(name)
        if running is not None and processes.is_running(running):
            if running.command != tuple(command):
                raise UserError(
                    f"a process {name!r} (pid {running.pid}) runs another command.",
                    remedy=f"end it first, or start this one under another name than {name!r}.",
                )
            return running
        env = process_environment(home, state)
        record = processes.launch(name, command, log=home.logs / f"{name}.log", env=env)
        save(home.state_file, state.model_copy(update={"processes": {**state.processes, name: record}}))
    return record


def stop(home: Home, name: str) -> bool:
    """End the process of that name; gives False where none ran.

    Raises:
        WorldError: the state file cannot be read.
    """
    with writing(f"ending {name}", home.local), locked(home):
        state = load(home.state_file)
        record = state.processes.get(name) if state else None
        if state is None or record is None:
            return False
        ended = processes.end(record)
        others = {key: value for key, value in state.processes.items() if key != name}
        save(home.state_file, state.model_copy(update={"processes": others}))
    return ended
