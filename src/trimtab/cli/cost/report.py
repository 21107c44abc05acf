"""`trimtab cost report`."""

from __future__ import annotations

import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.advice_source import advice_of
from trimtab.cli.cost.parts import Place
from trimtab.cli.cost.report_delivery import deliver, routes_of
from trimtab.cli.cost.report_file import FOCUS, ReportFile, account_of_credentials
from trimtab.cli.cost.sampling import Sampling, sampling_options
from trimtab.cli.cost.wiring import progress
from trimtab.cli.options import format_option, output_option, stack_option, write
from trimtab.cost.prices.choose import price_book
from trimtab.cost.reports import FORMATS, build
from trimtab.cost.reports.build import Week
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.reports import Report

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@stack_option
@click.option("--organisation", type=_FILE, help="Report on every stack that this file lists, instead of one.")
@click.option("--week", help="ISO week, 2026-W47; default: the newest one.")
@click.option("--advice", "advice_path", type=_FILE, help="What `recommend` wrote; default: anew.")
@click.option("--history", "history_path", type=_FILE, help="Units by hour: resource_id, ts, units; default: metrics.")
@click.option("--policy", type=_FILE, help="What `trimtab policy check --format json` wrote.")
@click.option("--waivers", type=_FILE, help="The waiver file, policy-waivers.yaml.")
@click.option(
    "--spend", "bill", metavar="FILE|cost-explorer", help="Also what was billed: an export, or AWS Cost Explorer."
)
@click.option("--commitments", type=_FILE, help="Also what `trimtab cost commitments --format json` wrote.")
@click.option("--billing-account", default="", help="AWS account that pays, for FOCUS; default: the credentials' own.")
@click.option(
    "--deliver",
    "deliveries",
    multiple=True,
    metavar="WHERE",
    help="s3://BUCKET/FOLDER/, ses:ADDRESS, slack or teams; may be given twice. Asks, or takes --yes.",
)
@click.option("--yes", is_flag=True, help="Do not ask before sending.")
@click.option("--open", "show", is_flag=True, help="Open it in a browser.")
@sampling_options
@format_option(*FORMATS, FOCUS, default="html")
@output_option
def report(
    *,
    stack: str | None,
    organisation: Path | None,
    week: str | None,
    advice_path: Path | None,
    history_path: Path | None,
    policy: Path | None,
    waivers: Path | None,
    bill: str | None,
    commitments: Path | None,
    billing_account: str,
    deliveries: Sequence[str],
    yes: bool,
    show: bool,
    sampling: Sampling,
    output_format: str,
    output: Path | None,
) -> None:
    """Write the weekly report: spend, forecast, anomalies, use, what changed and what it brought, what is advised.

    The last line printed is the path of the file.
    """
    routes = routes_of(deliveries, yes=yes)
    now = datetime.now(tz=UTC)
    chosen = Week.named(week) if week else Week.of(now)
    if organisation is not None:
        _refuse(advice_path, history_path, policy, waivers, bill, commitments)
        name, made = _organisation(organisation, chosen, now, sampling.days)
    else:
        place = Place.of(stack)
        name = place.folder.path.name
        paths = (advice_path, history_path, policy, waivers, commitments)
        made = _stack(place, chosen, now, sampling, paths=paths, bill=bill)
    file = ReportFile.of(output_format, output, f"{name}-{chosen.name}")
    if output_format == FOCUS and not billing_account and not all(line.account for line in made.lines):
        billing_account = account_of_credentials()
    content = file.content(made, billing_account)
    write(content, file.path)
    if show:
        webbrowser.open(file.path.as_uri())
    if routes:
        from trimtab.cost.reports.delivery import Parcel  # noqa: PLC0415  # slow to import

        deliver(routes, Parcel(made, file.path.name, content, file.content_type), yes=yes)
    click.echo(str(file.path))


def _stack(
    place: Place, week: Week, now: datetime, sampling: Sampling, *, paths: tuple[Path | None, ...], bill: str | None
) -> Report:
    from trimtab.cli.cost.report_history import history_of  # noqa: PLC0415  # boto3 and httpx are slow to import
    from trimtab.cli.cost.report_stack import inputs_of  # noqa: PLC0415  # as above
    from trimtab.cli.cost.spend_source import bill_of  # noqa: PLC0415  # as above

    advice_path, history_path, policy, waivers, commitments = paths
    until = min(week.until, now)
    document = advice_of(advice_path, place.stack, sampling.for_stack(), until=until if until < now else None)
    with progress("writing the report"):
        # Advice from a file needs no cloud; then nothing else asks it either, unless it is told to.
        servers = sampling if advice_path is not None else sampling.for_stack()
        history = history_of(document, servers, history_path, until)
        found = bill_of(bill, document, None if advice_path else place.stack, (week.since, until)) if bill else None
        return build(
            inputs_of(
                place.stack, place.file, place.folder, week=week, now=now, document=document,
                book=price_book("auto"), history=history, policy=policy, waivers=waivers, bill=found,
                commitments=commitments,
            )
        )  # fmt: skip


def _organisation(path: Path, week: Week, now: datetime, days: int) -> tuple[str, Report]:
    from trimtab.cli.cost.report_organisation import report_of  # noqa: PLC0415  # boto3 and httpx are slow to import
    from trimtab.cost.reports.organisation import Organisation  # noqa: PLC0415  # as above

    found = Organisation.read(path)
    with progress(f"reading {len(found.members)} stacks of {found.name}"):
        made = report_of(found, week, now, days=days, book=price_book("auto"))
    for one in made.members:
        if one.status == "failed":
            click.echo(f"not read, and in no sum: {one.name}: {one.reason}", err=True)
    return path.stem, made


def _refuse(*given: Path | str | None) -> None:
    """Refuse what is of one stack only."""
    if any(one is not None for one in given):
        raise UserError(
            "--organisation: takes no --advice, --history, --policy, --waivers, --spend or --commitments: "
            "they are of one stack",
            remedy="name policy and waivers in each member of the file.",
        )
