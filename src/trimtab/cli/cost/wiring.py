"""Options and parts that the analyser's commands share."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """Show on standard error that something is going on, and for how long; gives what says more about it."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda detail: bar.update(task, description=f"{what}: {detail}")
