"""`trimtab cost recommend`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from trimtab.cli.cost.advice_csv import advice_csv
from trimtab.cli.cost.explain import explain
from trimtab.cli.cost.inventory_place import InventoryPlace, inventory_options
from trimtab.cli.cost.sampling import Sampling, sampling_options
from trimtab.cli.cost.tables import advice_markdown, advice_table
from trimtab.cli.cost.wiring import (
    moment,
    progress,
    until_option,
    usage_option,
)
from trimtab.cli.options import emit, format_option, output_option, stack_option
from trimtab.cost.model import AdviceDocument
from trimtab.cost.pipeline import recommend as run
from trimtab.cost.prices.choose import price_book
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.engines import faults_of


@click.command()
@usage_option
@inventory_options
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
@click.option(
    "--engine",
    help="Where samples are reduced: spark://HOST:PORT, local[N], trino://…, athena://…; --usage names a file that "
    "Spark's workers see, or a table.  [default: DuckDB, here]",
)
@format_option("table", "json", "csv", "markdown", "html")
@output_option
def recommend(
    *,
    usage_path: Path | None,
    place: InventoryPlace,
    stack: str | None,
    sampling: Sampling,
    until: str | None,
    strategy: str,
    prices: str,
    explained: str | None,
    save: Path | None,
    engine: str | None,
    output_format: str,
    output: Path | None,
) -> None:
    """Advise a size for every machine and fleet, with reasons, money and back-test; changes nothing."""
    connection = connect()
    resources = place.resources(connection, stack)
    with progress("reading and judging usage") as say, faults_of(engine) if engine else nullcontext():
        document = run(
            resources,
            sampling.open(connection, usage_path, engine),
            price_book(prices),
            STRATEGIES[strategy],
            until=moment(until),
            now=sampling.now,
            tell=lambda done, whole: say(f"{done:,} of {whole:,} samples"),
        )
    if save is not None:
        emit(document.dumps(), save)
    if explained is not None:
        emit(explain(document, explained), output)
    else:
        emit(_written(document, output_format), output)


def _written(document: AdviceDocument, form: str) -> str:
    if form == "html":
        from trimtab.cli.cost.advice_html import advice_html  # noqa: PLC0415  # the report's templates are slow to import

        return advice_html(document)
    writers = {"json": AdviceDocument.dumps, "csv": advice_csv, "markdown": advice_markdown, "table": advice_table}
    return writers[form](document)
