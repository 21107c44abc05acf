"""Options that every command shares, written once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

stack_option = click.option("--stack", help="Pulumi stack, by name.", envvar="TRIMTAB_STACK")

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to FILE instead of standard output.",
)

yes_option = click.option("--yes", is_flag=True, help="Do not ask before changing something.")

break_lock_option = click.option(
    "--break-lock", is_flag=True, help="Take over the lock of a run elsewhere that has ceased to renew it."
)


def format_option(*formats: str, default: str = "table") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format` limited to what the command writes."""
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default=default,
        show_default=True,
        help="Form of the output.",
    )


def emit(text: str, output: Path | None) -> None:
    """Print `text`, or write it to `output` in one step.

    Raises:
        UserError: the file cannot be written.
    """
    if output is None:
        click.echo(text)
    else:
        write(text.encode() if text.endswith("\n") else f"{text}\n".encode(), output)


def write(content: bytes, output: Path) -> None:
    """Write a file in one step: it is the old one or the new one, never a part.

    Raises:
        UserError: the file cannot be written.
    """
    partial = output.with_name(f".{output.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError(
            f"--output {output}: cannot be written: {error.strerror}",
            remedy="name a file in a folder that exists and can be written, with room on its disk.",
        ) from error
