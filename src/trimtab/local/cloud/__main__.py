"""`python -m trimtab.local.cloud --host 127.0.0.1 --port N`: AWS over moto, in this process."""

from __future__ import annotations

import sys

import click

from trimtab.local.cloud.server import serve
from trimtab.spec.errors import TrimtabError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=0, show_default=True, help="Port to listen on; 0 takes any free one.")
def main(host: str, port: int) -> None:
    """Serve AWS's APIs over moto until SIGTERM; prints the port first."""
    try:
        serve(host, port)
    except TrimtabError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
