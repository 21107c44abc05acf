"""`trimtab cost spend`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.inventory_place import inventory_options
from trimtab.cli.cost.spend_source import COST_EXPLORER, cost_option, owners_of, source_of
from trimtab.cli.cost.spend_table import spend_csv, spend_markdown, spend_table
from trimtab.cli.cost.wiring import moment, progress
from trimtab.cli.options import emit, format_option, output_option, stack_option
from trimtab.cost.spend import GROUPINGS, document
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from trimtab.cli.cost.inventory_place import InventoryPlace

_FORMS = {"json": lambda one: one.dumps(), "csv": spend_csv, "markdown": spend_markdown, "table": spend_table}


@click.command()
@click.option(
    "--export", "export_path", type=click.Path(path_type=Path),
    help="Billing export, CUR 2.0 or FOCUS 1.x: a Parquet or CSV file, or a folder of them.",
)  # fmt: skip
@click.option(
    "--source", type=click.Choice([COST_EXPLORER]), default=None, help="Ask AWS instead; each page costs $0.01."
)
@inventory_options
@stack_option
@click.option("--from", "since", help="Begin with this time, ISO 8601, UTC without an offset.")
@click.option("--until", help="End before this time, likewise.")
@click.option("--by", type=click.Choice(list(GROUPINGS)), default="owner", show_default=True, help="What is added up.")
@cost_option
@format_option("table", "json", "csv", "markdown")
@output_option
def spend(
    *,
    export_path: Path | None,
    source: str | None,
    place: InventoryPlace,
    stack: str | None,
    since: str | None,
    until: str | None,
    by: str,
    cost: str,
    output_format: str,
    output: Path | None,
) -> None:
    """Show what was billed and who answers for it; only reads.

    With a stack, state or inventory, resources are matched by id; what is not matched so, by its tags. What cannot be
    attributed is named, never dropped: the lines add up to the bill.
    """
    if (export_path is None) == (source is None):
        raise UserError(
            "the bill is named twice or not at all; allowed: once",
            remedy="give --export FILE, or --source cost-explorer with AWS credentials.",
        )
    begin, end = moment(since, "--from"), moment(until)
    if begin and end and begin >= end:
        raise UserError(f"--from {since}: is not before --until {until}", remedy="ask for a time that has some length.")
    with progress("reading the bill"):
        owners, known = owners_of(place, stack)
        bill = source_of(export_path, cost, by="component" if known and by != "service" else by)
        made = document(bill.charges(begin, end), owners, by, datetime.now(tz=UTC))
    emit(_FORMS[output_format](made), output)
