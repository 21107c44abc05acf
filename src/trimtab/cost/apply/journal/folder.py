"""Every run of a stack."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.apply.journal.lines import read_run
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from trimtab.cost.model.journal import Run

_SAFE = re.compile(r"[^A-Za-z0-9_.-]")


@dataclass(frozen=True)
class JournalFolder:
    """`.trimtab/journal/<stack>/` of a project."""

    path: Path

    @classmethod
    def of(cls, project: Path, stack: str) -> JournalFolder:
        """Return the folder of a stack; it need not be there yet."""
        return cls(project / ".trimtab" / "journal" / _SAFE.sub("_", stack.rsplit("/", 1)[-1]))

    def file(self, run: str) -> Path:
        """Return where a run's journal lies."""
        return self.path / f"{run}.jsonl"

    def runs(self) -> tuple[Run, ...]:
        """Return every run, oldest first.

        Raises:
            WorldError: a journal is broken.
        """
        found = (read_run(path) for path in sorted(self.path.glob("*.jsonl")))
        return tuple(run for run in found if run is not None)

    def open_run(self) -> Run | None:
        """Return the run that has not ended, if there is one.

        Raises:
            WorldError: a journal is broken.
        """
        return next((run for run in self.runs() if run.closed is None), None)

    def named(self, run: str) -> Run:
        """Return a run by its id, or by its beginning where that is clear.

        Raises:
            UserError: no run is called so, or several are.
        """
        runs = self.runs()
        found = [one for one in runs if one.id.startswith(run)]
        if len(found) != 1:
            known = ", ".join(one.id for one in runs[-5:]) or "none"
            raise UserError(
                f"RUN {run}: {'no run is' if not found else f'{len(found)} runs are'} called so; the newest: {known}",
                remedy="name one run; `trimtab cost report --format markdown` lists them.",
            )
        return found[0]


def new_run_id(now: datetime) -> str:
    """Return an id that sorts by time and is not given twice."""
    return f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
