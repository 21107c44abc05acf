"""What the commands that change a stack put together."""

from __future__ import annotations

import getpass
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trimtab.cost.apply.config.project import Project
from trimtab.cost.apply.engine import PulumiEngine
from trimtab.cost.apply.journal import JournalFolder
from trimtab.cost.apply.lease import Wanted, hold
from trimtab.cost.apply.resume import what_resume_does
from trimtab.cost.apply.watch import MetricWatcher, eyes
from trimtab.cost.apply.wiring import Wiring
from trimtab.cost.prices.unit import unit_price
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from trimtab.cost.apply.config import StackFile
    from trimtab.cost.apply.journal import Journal
    from trimtab.cost.apply.lease import Lease
    from trimtab.cost.model import AdviceDocument, Pricing
    from trimtab.cost.prices.port import PriceBook


@dataclass(frozen=True)
class Place:
    """A stack in its project."""

    stack: str
    project: Project
    file: StackFile
    folder: JournalFolder

    @classmethod
    def of(cls, stack: str | None) -> Place:
        """Find a stack in the project that the current folder lies in.

        Raises:
            UserError: no stack was named, or there is none of that name.
        """
        if not stack:
            raise UserError("--stack: is missing", remedy="name the stack, or set TRIMTAB_STACK.")
        project = Project.around(Path.cwd())
        return cls(stack, project, project.stack_file(stack), JournalFolder.of(project.folder, stack))

    def refuse_open_run(self) -> None:
        """Raise UserError where an earlier run has not ended."""
        run = self.folder.open_run()
        if run is not None:
            raise UserError(
                f"run {run.id} of {run.planned.at:%Y-%m-%d %H:%M} UTC has not ended: {what_resume_does(run)}",
                remedy=f"`trimtab cost resume --stack {self.stack}`.",
            )

    def engine(self, tell: Callable[[str], None]) -> PulumiEngine:
        """Return the engine for this stack, under all policy packs of the project.

        Raises:
            EngineError: there is none on PATH.
        """
        engine = PulumiEngine(self.project.folder, self.stack, self.folder.path / "logs", self.project.packs(), tell)
        engine.require()
        return engine

    @contextmanager
    def lease(self, tell: Callable[[str], None], *, break_stale: bool) -> Iterator[Lease]:
        """Keep every other machine out of the stack.

        Raises:
            EngineError: there is no engine on PATH, or it is not logged in.
            WorldError: another machine changes the stack, or its lock cannot be reached.
        """
        short = self.stack.rsplit("/", 1)[-1]
        wanted = Wanted(self.project.name, short, author(), self.folder.path, break_stale, tell)
        with hold(self.engine(tell).backend(), wanted) as lease:
            yield lease

    def wiring(self, journal: Journal, tell: Callable[[str], None]) -> Wiring:
        """Put the parts of a run together.

        Raises:
            EngineError: there is no engine on PATH.
        """
        watcher = MetricWatcher(eyes(), tell)
        return Wiring(journal, self.engine(tell), self.file, watcher, self.folder.path, tell)


def author() -> str:
    """Return who runs this, as the journal names them."""
    return f"{getpass.getuser()}@{socket.gethostname()}"


def prices_of(document: AdviceDocument, book: PriceBook) -> dict[str, Pricing]:
    """Look up the price of one unit of every resource."""
    members = {member.resource_id: member for one in document.advice for member in one.utilisation.members}
    return {name: unit_price(book, member) for name, member in members.items()}
