"""A journal that is written only while the lock is held: what is not written is not done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trimtab.cost.apply.journal import Journal
    from trimtab.cost.apply.lease.port import Lease
    from trimtab.cost.model.journal import Event, Run


@dataclass(frozen=True)
class GuardedJournal:
    """Asks the lock before each line, and so before each step."""

    journal: Journal
    lease: Lease

    @property
    def run(self) -> Run:
        return self.journal.run

    def write(self, event: Event) -> None:
        self.lease.check()
        self.journal.write(event)
        self.lease.keep(while_open=self.journal.run.closed is None)
