"""`trimtab cost apply`."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.advice_source import advice_of
from trimtab.cli.cost.decisions import held_lines, plan_lines
from trimtab.cli.cost.ending import finish
from trimtab.cli.cost.parts import Place, author, prices_of
from trimtab.cli.cost.propose import propose
from trimtab.cli.cost.sampling import Sampling, days_option
from trimtab.cli.cost.wiring import progress
from trimtab.cli.options import break_lock_option, format_option, output_option, stack_option, yes_option
from trimtab.cost.apply.canary import canaries
from trimtab.cost.apply.guards import Context, Limits, decide, hold_drifted
from trimtab.cost.apply.guards.context import monthly_spend
from trimtab.cost.apply.guards.drifted import components
from trimtab.cost.apply.journal import JournalFile, stack_lock
from trimtab.cost.apply.lease import GuardedJournal
from trimtab.cost.apply.plan import Plan
from trimtab.cost.apply.transaction import forward
from trimtab.cost.apply.watch import default_seconds, eyes, parse_duration
from trimtab.cost.apply.wiring import now
from trimtab.cost.model import Recommendation
from trimtab.cost.prices.choose import price_book
from trimtab.spec.changes import Changes
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from trimtab.cost.model import AdviceDocument, Change, Held

_SHARE = click.FloatRange(0, 1)


@click.command()
@stack_option
@click.option("--advice", "advice_path", type=click.Path(path_type=Path), help="What `recommend` wrote; default: anew.")
@click.option("--only", multiple=True, help="Only this RESOURCE or fleet; may be repeated.")
@click.option("--watch", help="How long metrics are watched, 45s, 30m, 2h; default: by service class.")
@click.option("--pull-request", is_flag=True, help="Stop after the edit: write a branch, a commit and its text.")
@click.option("--max-resources", type=_SHARE, default=0.5, show_default=True, help="Share that may change at once.")
@click.option("--max-spend", type=_SHARE, default=0.5, show_default=True, help="Share of spend that may move at once.")
@click.option("--max-capacity", type=_SHARE, default=0.75, show_default=True, help="Share that one resource may lose.")
@click.option(
    "--may-replace", multiple=True, help="NAME of what holds data and may be replaced or deleted all the same."
)
@click.option(
    "--canary/--no-canary", default=None, help="Of like resources one first, watched alone; default: as declared."
)
@days_option
@break_lock_option
@yes_option
@format_option("table", "json")
@output_option
def apply(
    *,
    stack: str | None,
    advice_path: Path | None,
    only: tuple[str, ...],
    watch: str | None,
    pull_request: bool,
    max_resources: float,
    max_spend: float,
    max_capacity: float,
    may_replace: tuple[str, ...],
    canary: bool | None,
    days: int,
    break_lock: bool,
    yes: bool,
    output_format: str,
    output: Path | None,
) -> None:
    """Change the declaration as advised, update the cloud, watch it, and keep it or go back.

    Leaves with 0 where the change was kept (or there was none to make), 1 where a policy forbids it, 3 where it
    failed or was rolled back.
    """
    if canary and pull_request:
        raise UserError("--canary and --pull-request: a merge changes all at once", remedy="leave one out.")
    place = Place.of(stack)
    seconds = parse_duration(watch) if watch else None
    with ExitStack() as locks:
        locks.enter_context(stack_lock(place.folder.path))
        place.refuse_open_run()
        # Also: what cannot be updated need not be judged.
        lease = locks.enter_context(place.lease(partial(click.echo, err=True), break_stale=break_lock))
        document = advice_of(advice_path, place.stack, Sampling.of_stack(days))
        rules = place.file.platform(place.file.read()).changes or Changes()
        limits = Limits(max_resources, max_spend, max_capacity)
        changes, held = _decided(document, _context(document, only, limits, rules), place)
        for line in held_lines(held):
            click.echo(line, err=True)
        if not changes:
            click.echo("nothing to change.")
            return
        wanted = rules.canary if canary is None else canary
        plan = Plan.of(place.file, changes, held, canaries(changes) if wanted and not pull_request else ())
        for line in plan_lines(plan):
            click.echo(line, err=output_format == "json")
        if pull_request:
            propose(place, plan, yes=yes)
            return
        if not yes and not click.confirm(f"Change stack {place.stack}?", err=True):
            click.echo("nothing was changed.")
            return
        planned = plan.planned(
            place.stack, author(), now(), watch_seconds=seconds or default_seconds(changes, rules.watch_minutes),
            packs=tuple(pack.name for pack in place.project.packs()), named=may_replace,
        )  # fmt: skip
        journal = GuardedJournal(JournalFile.create(place.folder.file(planned.run), planned), lease)
        finish(place, journal, forward, wanted_back=False, output_format=output_format, output=output)


def _decided(document: AdviceDocument, context: Context, place: Place) -> tuple[tuple[Change, ...], tuple[Held, ...]]:
    """Ask the guards; the cloud is reread only for what they let pass."""
    changes, held = decide(document.advice, context)
    urns = components(changes)
    if not urns:
        return changes, held
    with progress("looking for what was changed by hand"):
        drift = place.engine(click.echo).drift(urns)
    changes, drifted = hold_drifted(changes, drift)
    return changes, (*held, *drifted)


def _context(document: AdviceDocument, only: tuple[str, ...], limits: Limits, rules: Changes) -> Context:
    known = {one.subject.name for one in document.advice}
    known |= {member.resource_id for one in document.advice for member in one.utilisation.members}
    unknown = sorted(set(only) - known)
    if unknown:
        raise UserError(
            f"--only {unknown[0]}: no such resource; known: {', '.join(sorted(known)) or 'none'}",
            remedy="name one that `trimtab cost recommend` lists.",
        )
    looking = eyes()
    wanted = [one for one in document.advice if isinstance(one, Recommendation) and one.edits]
    moment = now()
    return Context(
        now=moment,
        created=document.created,
        monthly=monthly_spend(document.advice, prices_of(document, price_book("auto"))),
        subjects=len(document.advice),
        alarms={one.subject.name: looking.alarms(one.lead) for one in wanted},
        only=frozenset(only),
        limits=limits,
        refusal=rules.refusal(moment),
    )
