"""Options and parts that the analyser's commands share."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from trimtab.cost.sources.inventory_file import InventoryFile
from trimtab.cost.sources.stack_state import StackState
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ibis.backends.duckdb import Backend

    from trimtab.cost.model import Resource

inventory_option = click.option(
    "--inventory", "inventory_path", type=click.Path(path_type=Path), help="Inventory file, Parquet or CSV."
)
state_option = click.option(
    "--state", "state_path", type=click.Path(path_type=Path), help="Stack state, as `pulumi stack export` writes it."
)
usage_option = click.option(
    "--usage", "usage_path", type=click.Path(path_type=Path), help="Usage file, Parquet or CSV."
)
until_option = click.option("--until", help="Use only samples before this time, ISO 8601, UTC without an offset.")


def moment(text: str | None, option: str = "--until") -> datetime | None:
    """Read the time that an option was given; one without offset is UTC.

    Raises:
        UserError: it is no time.
    """
    if text is None:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            f"{option} {text!r}: is not a time; allowed: ISO 8601, 2026-11-24T00:00:00Z",
            remedy="write the time in ISO 8601.",
        ) from error
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)


def resources_of(
    connection: Backend, inventory: Path | None, state: Path | None, stack: str | None
) -> Sequence[Resource]:
    """Read the inventory from the one place that was named.

    Raises:
        UserError: none or several were named, or it cannot be read.
    """
    named = [name for name, value in (("--inventory", inventory), ("--state", state), ("--stack", stack)) if value]
    if inventory and not state:
        # TRIMTAB_STACK may be set in the shell; a file that was named outright wins over it.
        return InventoryFile(connection, inventory).resources()
    if state and not inventory:
        return StackState.from_file(state).resources()
    if stack and not named[:-1]:
        return StackState.from_engine(stack).resources()
    raise UserError(
        f"the inventory is named {len(named)} times ({', '.join(named) or 'not at all'}); allowed: once",
        remedy="give one of --inventory FILE, --state FILE or --stack NAME.",
    )


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """Show on standard error that something is going on, and for how long; gives what says more about it."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda detail: bar.update(task, description=f"{what}: {detail}")
