"""`trimtab cost usage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from trimtab.cli.cost.inventory_place import InventoryPlace, inventory_options
from trimtab.cli.cost.sampling import Sampling, sampling_options
from trimtab.cli.cost.tables import usage_table
from trimtab.cli.cost.wiring import (
    moment,
    progress,
    until_option,
    usage_option,
)
from trimtab.cli.options import emit, format_option, output_option, stack_option
from trimtab.cost.model import UsageDocument
from trimtab.cost.pipeline import recommend as run
from trimtab.cost.prices.choose import price_book
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.engine import connect

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@usage_option
@inventory_options
@stack_option
@sampling_options
@until_option
@format_option("table", "json")
@output_option
def usage(
    *,
    usage_path: Path | None,
    place: InventoryPlace,
    stack: str | None,
    sampling: Sampling,
    until: str | None,
    output_format: str,
    output: Path | None,
) -> None:
    """Show the measured load of every machine and fleet, and what was broken in the samples."""
    connection = connect()
    resources = place.resources(connection, stack)
    with progress("reading usage"):
        document = run(
            resources,
            sampling.open(connection, usage_path),
            price_book("snapshot"),
            STRATEGIES["krr"],
            until=moment(until),
        )
    measured = UsageDocument(usage=tuple(advice.utilisation for advice in document.advice), defects=document.defects)
    emit(measured.dumps() if output_format == "json" else usage_table(measured), output)
