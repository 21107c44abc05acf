"""`trimtab cost rollback`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.ending import finish
from trimtab.cli.cost.parts import Place, author
from trimtab.cli.options import format_option, output_option, stack_option, yes_option
from trimtab.cost.apply.journal import JournalFile, stack_lock
from trimtab.cost.apply.resume import rollback as go_back
from trimtab.cost.model.journal import Outcome
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("run_id", metavar="RUN")
@stack_option
@yes_option
@format_option("table", "json")
@output_option
def rollback(*, run_id: str, stack: str | None, yes: bool, output_format: str, output: Path | None) -> None:
    """Undo a run that was kept: its fields go back, and the cloud with them."""
    place = Place.of(stack)
    with stack_lock(place.folder.path):
        place.refuse_open_run()
        run = place.folder.named(run_id)
        if run.closed is None or run.closed.outcome is not Outcome.KEPT:
            outcome = run.closed.outcome if run.closed else "open"
            raise UserError(f"RUN {run.id}: is {outcome}; only a kept run can be undone", remedy="name a kept run.")
        for change in run.planned.changes:
            for edit in change.edits:
                click.echo(f"{edit.spec_path}: {edit.after} → {edit.before}", err=True)
        if not yes and not click.confirm(f"Change stack {place.stack} back?", err=True):
            click.echo("nothing was changed.")
            return
        journal = JournalFile.reopen(place.folder.file(run.id))
        finish(
            place, journal, lambda w: go_back(w, author()), wanted_back=True, output_format=output_format,
            output=output,
        )  # fmt: skip
