"""`trimtab cost waste`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import boto3
import click

from trimtab.cli.cost.waste_table import waste_markdown, waste_table
from trimtab.cli.cost.wiring import progress
from trimtab.cli.options import emit, format_option, output_option
from trimtab.cost.account import ACCOUNT_KINDS, Scan, scan
from trimtab.cost.permissions import waste_policy
from trimtab.cost.prices.choose import price_book
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option(
    "--region", "regions", multiple=True, help="AWS region; may be given twice.  [default: the environment's]"
)
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(list(ACCOUNT_KINDS)), help="Look for this kind only; likewise."
)
@click.option(
    "--days",
    type=click.IntRange(1, 455),
    default=14,
    show_default=True,
    help="Days in which it must not have been used.",
)
@click.option("--prices", type=click.Choice(["auto", "aws", "snapshot"]), default="auto", show_default=True)
@click.option("--permissions", "policy", is_flag=True, help="Print the IAM policy that a scan takes, and leave.")
@format_option("table", "json", "markdown")
@output_option
def waste(
    *,
    regions: tuple[str, ...],
    kinds: tuple[str, ...],
    days: int,
    prices: str,
    policy: bool,
    output_format: str,
    output: Path | None,
) -> None:
    """List what an AWS account pays for and does not use, declared by a stack or not; changes nothing."""
    if policy:
        emit(json.dumps(waste_policy(), indent=2), output)
        return
    chosen = [ACCOUNT_KINDS[name] for name in kinds or ACCOUNT_KINDS]
    where = regions or (_region(),)
    with progress("reading the account") as tell:
        document = scan(Scan.from_environment(price_book(prices), days, tell), chosen, where)
    if output_format == "json":
        emit(document.dumps(), output)
    else:
        emit(waste_markdown(document) if output_format == "markdown" else waste_table(document), output)


def _region() -> str:
    region = boto3.Session().region_name
    if not region:
        raise UserError("--region: is missing", remedy="name a region, or set AWS_REGION.")
    return region
