"""`trimtab cost resume`."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.ending import finish
from trimtab.cli.cost.parts import Place, author
from trimtab.cli.options import break_lock_option, format_option, output_option, stack_option
from trimtab.cost.apply.journal import JournalFile, stack_lock
from trimtab.cost.apply.lease import GuardedJournal
from trimtab.cost.apply.resume import How, what_resume_does
from trimtab.cost.apply.resume import resume as take_over
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@stack_option
@click.option("--undo", is_flag=True, help="Go back instead of finishing.")
@click.option("--abandon", is_flag=True, help="End the run and leave file and cloud as they are.")
@break_lock_option
@format_option("table", "json")
@output_option
def resume(
    *, stack: str | None, undo: bool, abandon: bool, break_lock: bool, output_format: str, output: Path | None
) -> None:
    """Finish a run that was interrupted or died, or undo it."""
    if undo and abandon:
        raise UserError("--undo and --abandon: only one is possible", remedy="leave one out.")
    how: How = "undo" if undo else "abandon" if abandon else "finish"
    place = Place.of(stack)
    with ExitStack() as locks:
        locks.enter_context(stack_lock(place.folder.path))
        run = place.folder.open_run()
        if run is None:
            click.echo("no run is open.")
            return
        click.echo(f"run {run.id}: {what_resume_does(run)}", err=True)
        lease = locks.enter_context(place.lease(partial(click.echo, err=True), break_stale=break_lock))
        journal = GuardedJournal(JournalFile.reopen(place.folder.file(run.id)), lease)
        finish(
            place, journal, lambda w: take_over(w, how, author()), wanted_back=undo, output_format=output_format,
            output=output,
        )  # fmt: skip
