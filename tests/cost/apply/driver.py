"""One apply or resume in a process of its own, wired like the command line's but for two parts.

The watcher's verdict is given, and the journal kills the process (SIGKILL) just before or just after it has
written its n-th line: `python -m tests.cost.apply.driver resume good before 6`.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.cli.cost.parts import Place, author
from trimtab.cost.apply.journal import JournalFile, stack_lock
from trimtab.cost.apply.plan import Plan
from trimtab.cost.apply.resume import resume, rollback
from trimtab.cost.apply.transaction import forward
from trimtab.cost.apply.wiring import now
from trimtab.cost.model import AdviceDocument, Change, Recommendation, Verdict, Verification

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.model.journal import Event, Run


class GivenVerdict:
    """A watcher that knows the end."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def watch(self, changes: Sequence[Change], since: datetime, seconds: int) -> tuple[Verification, ...]:
        return tuple(
            Verification(
                change=change, verdict=self.verdict, reason="as the test says", since=since,
                until=since + timedelta(seconds=seconds), samples=0, violation=0.0, budget=0.0,
            )
            for change in changes
        )  # fmt: skip


class KillingJournal:
    """A journal at whose n-th line (0 is `planned`) the process dies."""

    def __init__(self, journal: JournalFile, when: str, line: int) -> None:
        self.journal, self.when, self.line = journal, when, line

    @property
    def run(self) -> Run:
        return self.journal.run

    def write(self, event: Event) -> None:
        dies = len(self.journal.run.events) + 1 == self.line
        if dies and self.when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        self.journal.write(event)
        if dies and self.when == "after":
            os.kill(os.getpid(), signal.SIGKILL)


def main(command: str, verdict: str, when: str = "", line: str = "0") -> None:
    """Take the steps of `command`."""
    place = Place.of("test")
    with stack_lock(place.folder.path):
        journal = _begin(place) if command == "apply" else _open(place, command)
        wired = place.wiring(KillingJournal(journal, when, int(line)), print)
        given = Verdict.KEPT if verdict == "good" else Verdict.ROLLED_BACK
        w = replace(wired, watcher=GivenVerdict(given))
        if command == "apply":
            closed = forward(w)
        elif command == "rollback":
            closed = rollback(w, author())
        else:
            closed = resume(w, "undo" if command == "undo" else "finish", author())
        sys.stdout.write(f"{closed.outcome}\n")


def _begin(place: Place) -> JournalFile:
    place.refuse_open_run()
    advice = AdviceDocument.read(Path("advice.json")).advice[0]
    assert isinstance(advice, Recommendation)
    plan = Plan.of(place.file, [Change(advice=advice, edits=advice.edits)], ())
    planned = plan.planned("test", author(), now(), watch_seconds=1, packs=())
    return JournalFile.create(place.folder.file(planned.run), planned)


def _open(place: Place, command: str) -> JournalFile:
    run = place.folder.runs()[-1] if command == "rollback" else place.folder.open_run()
    assert run is not None, "no run is open"
    return JournalFile.reopen(place.folder.file(run.id))


if __name__ == "__main__":
    main(*sys.argv[1:])
