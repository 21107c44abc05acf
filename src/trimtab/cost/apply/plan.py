"""What a run is going to do, before it is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.apply.canary import rest_of
from trimtab.cost.apply.config import unified
from trimtab.cost.apply.journal.folder import new_run_id
from trimtab.cost.model.journal import Canary, Planned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from trimtab.cost.apply.config import StackFile
    from trimtab.cost.model import Change, Held, SpecEdit
    from trimtab.cost.model.journal import ConfigEdit


@dataclass(frozen=True)
class Plan:
    """A change of the stack's file, with the decisions behind it.

    Attributes:
        after: the whole new text of the file.
        diff: from the old text to the new one, unified.
        canary: what goes first; None: all changes at once.
    """

    changes: tuple[Change, ...]
    held: tuple[Held, ...]
    config: ConfigEdit
    after: str
    diff: str
    canary: Canary | None = None

    @classmethod
    def of(cls, file: StackFile, changes: Sequence[Change], held: Sequence[Held], first: Sequence[Change] = ()) -> Plan:
        """Work the edit out, in two stages where changes `first` go before the others; nothing is written.

        Raises:
            UserError: the file says something else than the advice was made for, or cannot be edited.
            SpecError: the new text would be no platform.
        """
        config, before, after = file.plan(_edits(changes))
        canary = _canary(file, changes, first, before) if first else None
        return cls(tuple(changes), tuple(held), config, after, unified(before, after, file.name), canary)

    def planned(
        self,
        stack: str,
        author: str,
        now: datetime,
        *,
        watch_seconds: int,
        packs: tuple[str, ...],
        named: tuple[str, ...] = (),
    ) -> Planned:
        """Return the first event of the run's journal."""
        return Planned(
            run=new_run_id(now),
            stack=stack,
            at=now,
            author=author,
            changes=self.changes,
            held=self.held,
            config=self.config,
            watch_seconds=watch_seconds,
            packs=packs,
            named=named,
            canary=self.canary,
        )


def _canary(file: StackFile, changes: Sequence[Change], first: Sequence[Change], before: str) -> Canary:
    config, _, between = file.plan(_edits(first), before)
    rest, _, _ = file.plan(_edits(rest_of(changes, first)), between)
    return Canary(changes=tuple(first), config=config, rest=rest)


def _edits(changes: Sequence[Change]) -> list[SpecEdit]:
    return [edit for change in changes for edit in change.edits]
