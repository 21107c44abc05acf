"""Taking a run to its end, and saying how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.decisions import verification_lines
from trimtab.cli.cost.teller import teller
from trimtab.cli.options import emit
from trimtab.cost.apply.gate import FORBIDDEN
from trimtab.cost.apply.interrupts import interruptible
from trimtab.cost.model.journal import Outcome
from trimtab.local.interrupts import terminate_as_interrupt
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from trimtab.cli.cost.parts import Place
    from trimtab.cost.apply.journal import Journal
    from trimtab.cost.apply.wiring import Wiring
    from trimtab.cost.model.journal import Closed, Run

_FINDINGS = 1


def finish(
    place: Place,
    journal: Journal,
    go: Callable[[Wiring], Closed],
    *,
    wanted_back: bool,
    output_format: str,
    output: Path | None,
) -> None:
    """Let `go` take the run's steps, then print how it ended.

    `wanted_back` says that going back is what the user asked for; else it is a failure.

    Raises:
        InterruptedApplyError: the user stopped it.
        WorldError: it was rolled back or failed.
    """
    with terminate_as_interrupt(), interruptible(journal), teller() as tell:
        closed = go(place.wiring(journal, tell))
    emit(journal.run.model_dump_json(indent=2) if output_format == "json" else _story(journal.run), output)
    denied = closed.outcome is Outcome.DENIED
    if denied and closed.reason.startswith(FORBIDDEN):
        click.echo(f"error: not changed: {closed.reason}", err=True)
        raise click.exceptions.Exit(_FINDINGS)
    if denied:
        raise WorldError(f"not changed: {closed.reason}", remedy="mend what the preview says, then apply again.")
    if closed.outcome is Outcome.ROLLED_BACK and not wanted_back:
        raise WorldError(
            f"rolled back, {place.file.name} and the cloud are as before: {closed.reason}",
            remedy="look at what was seen; the advice stays held back while the cause lasts.",
        )


def _story(run: Run) -> str:
    lines = list(verification_lines(run.verifications))
    closed = run.closed
    if closed is not None:
        lines.append(f"run {run.id}: {closed.outcome}: {closed.reason}")
    if closed is not None and closed.outcome is Outcome.KEPT:
        lines.append(f"undo it with: trimtab cost rollback {run.id} --stack {run.planned.stack}")
    return "\n".join(lines)
