"""`trimtab cost recommend`."""

from __future__ import annotations

from pathlib import Path

import click

from trimtab.cli.cost.explain import explain
from trimtab.cli.cost.sampling import Sampling, sampling_options
from trimtab.cli.cost.tables import advice_markdown, advice_table
from trimtab.cli.cost.wiring import (
    inventory_option,
    moment,
    progress,
    resources_of,
    state_option,
    until_option,
    usage_option,
)
from trimtab.cli.options import emit, format_option, output_option, stack_option
from trimtab.cost.pipeline import recommend as run
from trimtab.cost.prices.choose import price_book
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.engine import connect


@click.command()
@usage_option
@inventory_option
@state_option
@stack_option
@sampling_options
@until_option
@click.option(
    "--strategy", type=click.Choice(list(STRATEGIES)), default="trimtab", show_default=True, help="How to judge."
)
@click.option("--prices", type=click.Choice(["auto", "aws", "snapshot"]), default="auto", show_default=True)
@click.option("--explain", "explained", help="Explain the advice for one RESOURCE or fleet.")
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), help="Also write the advice as JSON, for `cost apply`."
)
@format_option("table", "json", "markdown")
@output_option
def recommend(
    *,
    usage_path: Path | None,
    inventory_path: Path | None,
    state_path: Path | None,
    stack: str | None,
    sampling: Sampling,
    until: str | None,
    strategy: str,
    prices: str,
    explained: str | None,
    save: Path | None,
    output_format: str,
    output: Path | None,
) -> None:
    """Advise a size for every machine and fleet, with reasons, money and back-test; changes nothing."""
    connection = connect()
    resources = resources_of(connection, inventory_path, state_path, stack)
    with progress("reading and judging usage"):
        document = run(
            resources,
            sampling.open(connection, usage_path),
            price_book(prices),
            STRATEGIES[strategy],
            until=moment(until),
            now=sampling.now,
        )
    if save is not None:
        emit(document.dumps(), save)
    if explained is not None:
        emit(explain(document, explained), output)
    elif output_format == "json":
        emit(document.dumps(), output)
    else:
        emit(advice_markdown(document) if output_format == "markdown" else advice_table(document), output)
