"""`trimtab render`: a stack's Kubernetes objects as YAML."""

from __future__ import annotations

from pathlib import Path

import click

from trimtab.cli.options import format_option, stack_option
from trimtab.render import FORMATS, render_stack, write_folder
from trimtab.spec.errors import UserError


@click.command()
@stack_option
@click.option(
    "--program",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder of the Pulumi project; default: the one here.",
)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder; it must be empty or missing."
)
@click.option("--force", is_flag=True, help="Replace a folder that holds rendered objects.")
@format_option(*FORMATS)
def render(*, stack: str | None, program: Path, output: Path, force: bool, output_format: str) -> None:
    """Write every Kubernetes object of a stack, one file an object, without a cluster.

    Files are `<namespace>/<kind>-<name>.yaml`, those without a namespace below `_cluster/`. A value that only a cloud
    decides, and every secret, is written as `${…}` and listed.
    """
    if stack is None:
        raise UserError("--stack is missing", remedy="name the stack whose objects are wanted, or set TRIMTAB_STACK.")
    rendering = render_stack(program, stack)
    write_folder(rendering.files, output, force=force)
    click.echo(FORMATS[output_format](rendering, output))
