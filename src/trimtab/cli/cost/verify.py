"""`trimtab cost verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.decisions import verification_lines
from trimtab.cli.cost.parts import Place
from trimtab.cli.cost.rollback import kept_runs
from trimtab.cli.cost.wiring import progress
from trimtab.cli.options import emit, format_option, output_option, stack_option
from trimtab.cost.apply.journal import JournalFile, stack_lock
from trimtab.cost.apply.watch import MetricWatcher, eyes
from trimtab.cost.apply.wiring import now
from trimtab.cost.model import Verdict
from trimtab.cost.model.journal import Step, Verified
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.cost.model.journal import Run


@click.command()
@click.argument("run_id", metavar="[RUN]", required=False)
@stack_option
@format_option("table", "json")
@output_option
@click.pass_context
def verify(
    context: click.Context, *, run_id: str | None, stack: str | None, output_format: str, output: Path | None
) -> None:
    """Judge a kept run again, by all metrics since its change; leaves with 1 where it should not stay.

    Changes nothing but the journal, which keeps the verdict and the saving that was measured.
    """
    place = Place.of(stack)
    with stack_lock(place.folder.path):
        run = _kept(place, run_id)
        since = run.done_at(Step.UP) or run.planned.at
        with progress(f"reading the metrics of run {run.id}"):
            watcher = MetricWatcher(eyes(), lambda _: None)
            event = Verified(at=now(), verifications=watcher.verify(run.planned.changes, since))
        JournalFile.reopen(place.folder.file(run.id)).write(event)
    bad = [one for one in event.verifications if one.verdict is not Verdict.KEPT]
    lines = [*verification_lines(event.verifications)]
    if bad:
        lines.append(f"it should not stay; undo it with: trimtab cost rollback {run.id} --stack {place.stack}")
    emit(event.model_dump_json(indent=2) if output_format == "json" else "\n".join(lines), output)
    context.exit(1 if bad else 0)


def _kept(place: Place, run_id: str | None) -> Run:
    kept = kept_runs(place, run_id)
    if kept:
        return kept[-1]
    if run_id:
        raise UserError(f"RUN {run_id}: is not in force", remedy="name a kept run.")
    raise UserError(f"--stack {place.stack}: no run is in force", remedy="apply a change first.")
