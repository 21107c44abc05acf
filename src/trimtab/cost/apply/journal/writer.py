"""Appending to a run's journal; an event is on the disk before the step that it announces is taken."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from trimtab.cost.apply.journal.lines import read_run, whole_lines, written
from trimtab.cost.files import sync_folder, told
from trimtab.cost.model.journal import Planned, Run
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.model.journal import Event

_REMEDY = "free room on the disk or mend the rights of .trimtab; then `trimtab cost resume` goes on from here."


class Journal(Protocol):
    """What a transaction needs of a journal."""

    @property
    def run(self) -> Run:
        """The run so far, every written event included."""
        ...

    def write(self, event: Event) -> None:
        """Add an event; it is durable when this returns.

        Raises:
            WorldError: it cannot be written, so the step it announces must not be taken.
        """
        ...


class JournalFile:
    """A run's file. Open it under the stack's lock only."""

    def __init__(self, path: Path, run: Run) -> None:
        self.path = path
        self._run = run

    @classmethod
    def create(cls, path: Path, planned: Planned) -> JournalFile:
        """Begin a run.

        Raises:
            WorldError: the file cannot be written.
        """
        with told(f"{path}: the journal cannot be written, so nothing was changed", _REMEDY):
            path.parent.mkdir(parents=True, exist_ok=True)
        _append(path, written(0, planned))
        with told(f"{path}: the journal cannot be made durable, so nothing was changed", _REMEDY):
            sync_folder(path.parent)
        return cls(path, Run(planned=planned))

    @classmethod
    def reopen(cls, path: Path) -> JournalFile:
        """Go on with a run that died; a line that was being written then is cut off.

        Raises:
            WorldError: the file is broken or cannot be written.
        """
        run = read_run(path)
        if run is None:
            raise WorldError(f"{path}: holds no run", remedy="remove the file: its run did nothing.")
        with told(f"{path}: the journal cannot be written", _REMEDY):
            os.truncate(path, len(whole_lines(path.read_bytes())))
        return cls(path, run)

    @property
    def run(self) -> Run:
        return self._run

    def write(self, event: Event) -> None:
        _append(self.path, written(len(self._run.events) + 1, event))
        self._run = self._run.model_copy(update={"events": (*self._run.events, event)})


def _append(path: Path, line: bytes) -> None:
    with told(f"{path}: the journal cannot be written, so the next step was not taken", _REMEDY):
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            size = os.fstat(handle).st_size
            try:
                _write_all(handle, line)
                os.fsync(handle)
            except OSError:
                # A half line would make the next one unreadable.
                os.ftruncate(handle, size)
                raise
        finally:
            os.close(handle)


def _write_all(handle: int, line: bytes) -> None:
    while line:
        line = line[os.write(handle, line) :]
