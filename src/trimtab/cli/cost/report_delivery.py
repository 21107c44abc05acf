"""`--deliver`: said first, then asked, then sent."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from trimtab.spec.errors import TrimtabError, UserError, WorldError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.reports.delivery import Clients, Parcel, Route


def routes_of(texts: Sequence[str], *, yes: bool) -> tuple[Route, ...]:
    """Read every `--deliver`, and look whether all that it needs is there, before an hour of work is done for it.

    Raises:
        UserError: one cannot be used, or nobody can be asked.
        WorldError: a secret cannot be read.
    """
    if not texts:
        return ()
    from trimtab.cost.reports.delivery import route_of  # noqa: PLC0415  # httpx and boto3 are slow to import

    routes = tuple(route_of(text) for text in texts)
    if not yes and not sys.stdin.isatty():
        raise UserError("--deliver: nobody is there to be asked", remedy="give --yes to send without asking.")
    for route in routes:
        route.prepare(_clients())
    return routes


def deliver(routes: Sequence[Route], parcel: Parcel, *, yes: bool) -> None:
    """Say what goes where, ask, and send; one that fails does not stop the others.

    Raises:
        WorldError: one or more were not delivered.
    """
    for route in routes:
        click.echo(f"send {route.says(parcel)}", err=True)
    if not yes and not click.confirm("Send?", err=True):
        click.echo("nothing was sent.", err=True)
        return
    failed = []
    for route in routes:
        try:
            route.send(parcel, _clients())
        except TrimtabError as error:
            failed.append(error)
        else:
            click.echo(f"sent {route.says(parcel)}", err=True)
    if failed:
        raise WorldError("; ".join(one.message for one in failed), remedy=" ".join(one.remedy for one in failed))


def _clients() -> Clients:
    import boto3  # noqa: PLC0415  # slow to import

    from trimtab.cost.reports.delivery import Clients  # noqa: PLC0415  # as above

    def aws(service: str) -> Any:
        return boto3.client(service)  # type: ignore[call-overload]  # any service

    return Clients(aws, os.environ)
