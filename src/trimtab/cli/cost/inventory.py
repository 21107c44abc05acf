"""`trimtab cost inventory`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.inventory_place import InventoryPlace, inventory_options
from trimtab.cli.cost.tables import inventory_table
from trimtab.cli.options import emit, format_option, output_option, stack_option
from trimtab.cost.model import InventoryDocument
from trimtab.cost.prices.choose import price_book
from trimtab.cost.sources.engine import connect

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@inventory_options
@stack_option
@format_option("table", "json")
@output_option
def inventory(
    *,
    place: InventoryPlace,
    stack: str | None,
    output_format: str,
    output: Path | None,
) -> None:
    """List what is paid for, what it costs, and which fields of its declaration may be changed."""
    resources = place.resources(connect(), stack)
    document = InventoryDocument(resources=tuple(resources))
    emit(document.dumps() if output_format == "json" else inventory_table(document, price_book("snapshot")), output)
