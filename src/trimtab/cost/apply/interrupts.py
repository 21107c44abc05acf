"""Ctrl-C at any step: where it stands, and what `resume` will do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from trimtab.cost.apply.errors import InterruptedApplyError
from trimtab.cost.apply.resume import what_resume_does

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.apply.journal import Journal


@contextmanager
def interruptible(journal: Journal) -> Iterator[None]:
    """Turn Ctrl-C into a message about the run.

    Raises:
        InterruptedApplyError: the user stopped it; the run is open.
    """
    try:
        yield
    except KeyboardInterrupt:
        run = journal.run
        raise InterruptedApplyError(
            f"run {run.id} was interrupted at step {run.step or 'planned'}: {what_resume_does(run)}",
            remedy=f"`trimtab cost resume --stack {run.planned.stack}`.",
        ) from None
