"""`trimtab cost rollback`."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.ending import finish
from trimtab.cli.cost.parts import Place, author
from trimtab.cli.options import break_lock_option, format_option, output_option, stack_option, yes_option
from trimtab.cost.apply.journal import JournalFile, stack_lock
from trimtab.cost.apply.lease import GuardedJournal
from trimtab.cost.apply.resume import rollback as go_back
from trimtab.cost.model.journal import Outcome
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.model.journal import Run


@click.command()
@click.argument("run_id", metavar="[RUN]", required=False)
@stack_option
@click.option("--last", is_flag=True, help="Undo the newest run that is in force.")
@click.option("--check", is_flag=True, help="Change nothing: leave with 0 where there is a run to undo, else with 1.")
@break_lock_option
@yes_option
@format_option("table", "json")
@output_option
@click.pass_context
def rollback(
    context: click.Context,
    *,
    run_id: str | None,
    stack: str | None,
    last: bool,
    check: bool,
    break_lock: bool,
    yes: bool,
    output_format: str,
    output: Path | None,
) -> None:
    """Undo a run that was kept: its fields go back, and the cloud with them."""
    if bool(run_id) == last:
        raise UserError("rollback: a RUN or --last is needed, and not both", remedy="name the run, or give --last.")
    place = Place.of(stack)
    if check:
        context.exit(0 if kept_runs(place, run_id) else 1)
    with ExitStack() as locks:
        locks.enter_context(stack_lock(place.folder.path))
        place.refuse_open_run()
        run = _wanted(place, run_id)
        for change in run.planned.changes:
            for edit in change.edits:
                click.echo(f"{edit.spec_path}: {edit.after} → {edit.before}", err=True)
        if not yes and not click.confirm(f"Change stack {place.stack} back?", err=True):
            click.echo("nothing was changed.")
            return
        lease = locks.enter_context(place.lease(partial(click.echo, err=True), break_stale=break_lock))
        journal = GuardedJournal(JournalFile.reopen(place.folder.file(run.id)), lease)
        finish(
            place,
            journal,
            lambda w: go_back(w, author()),
            wanted_back=True,
            output_format=output_format,
            output=output,
        )


def kept_runs(place: Place, run_id: str | None) -> tuple[Run, ...]:
    """Return the runs that are in force, oldest first; with `run_id` that one at most."""
    found = (place.folder.named(run_id),) if run_id else place.folder.runs()
    return tuple(run for run in found if run.closed and run.closed.outcome is Outcome.KEPT)


def _wanted(place: Place, run_id: str | None) -> Run:
    kept = kept_runs(place, run_id)
    if kept:
        return kept[-1]
    if run_id is None:
        raise UserError(f"--last: no run of stack {place.stack} is in force", remedy="there is nothing to undo.")
    run = place.folder.named(run_id)
    outcome = run.closed.outcome if run.closed else "open"
    raise UserError(f"RUN {run.id}: is {outcome}; only a kept run can be undone", remedy="name a kept run.")
