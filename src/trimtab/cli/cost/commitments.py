"""`trimtab cost commitments`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from trimtab.cli.cost.commitments_table import commitments_markdown, commitments_table
from trimtab.cli.cost.wiring import progress
from trimtab.cli.options import emit, format_option, output_option
from trimtab.cost.commitments import PAYMENTS, PLANS, TERMS, Offer, commitments, share_kept
from trimtab.cost.commitments.aws_rates import AwsRates
from trimtab.cost.model import AdviceDocument
from trimtab.cost.spend.hours import on_demand

if TYPE_CHECKING:
    from trimtab.cost.commitments.plans import Payment

_FORMS = {"json": lambda one: one.dumps(), "markdown": commitments_markdown, "table": commitments_table}


@click.command("commitments")
@click.option(
    "--export", "export_path", type=click.Path(path_type=Path), required=True,
    help="Billing export by the hour, with resource IDs: a file, or a folder of them.",
)  # fmt: skip
@click.option(
    "--advice", "advice_path", type=click.Path(dir_okay=False, path_type=Path), required=True,
    help="What `recommend` wrote: nothing is committed to for what it would remove.",
)  # fmt: skip
@click.option("--years", type=click.Choice([str(one) for one in TERMS]), default="1", show_default=True)
@click.option("--payment", type=click.Choice(PAYMENTS), default="no-upfront", show_default=True)
@format_option("table", "json", "markdown")
@output_option
def commitments_command(
    *, export_path: Path, advice_path: Path, years: str, payment: str, output_format: str, output: Path | None
) -> None:
    """Advise Savings Plans and reserved nodes for what remains after advice; buys nothing.

    The level is the one that would have saved the most on the past hours, which no commitment covered.
    """
    advice = AdviceDocument.read(advice_path)
    codes = {code: parts for plan in PLANS for code, parts in plan.codes.items()}
    offer = Offer(int(years), cast("Payment", payment))
    with progress("reading the bill and the rates"):
        hours = on_demand(export_path, codes, share_kept(advice.advice))
        made = commitments(hours, AwsRates.from_environment(), offer, datetime.now(tz=UTC))
    emit(_FORMS[output_format](made), output)
