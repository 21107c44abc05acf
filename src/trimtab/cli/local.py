"""`trimtab local`: the embedded cloud."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING

import click

from trimtab.cli.local_load import load
from trimtab.cli.options import emit, format_option, output_option
from trimtab.local.builds import Builds
from trimtab.local.down import down as end_cloud
from trimtab.local.engine.find import EngineFinder
from trimtab.local.environment import UNSET, local_variables, process_environment
from trimtab.local.home import Home
from trimtab.local.interrupts import terminate_as_interrupt
from trimtab.local.kubernetes.find import KubernetesFinder
from trimtab.local.progress import ConsoleProgress, clock
from trimtab.local.running import require_running
from trimtab.local.status import Status
from trimtab.local.status import status as look
from trimtab.local.up import DEFAULT_REGION, Wanted
from trimtab.local.up import up as start_cloud

if TYPE_CHECKING:
    from pathlib import Path

    from trimtab.local.state import LocalState

_HIGHEST_PORT = 65535


@click.group()
def local() -> None:
    """The embedded cloud: a Pulumi engine, a state backend, AWS's APIs and Kubernetes, all on this machine."""


local.add_command(load)


@local.command()
@click.option(
    "--port",
    type=click.IntRange(0, _HIGHEST_PORT),
    default=0,
    show_default="any free one",
    help="Where AWS's APIs listen on 127.0.0.1.",
)
@click.option("--region", default=DEFAULT_REGION, show_default=True, help="AWS region of the environment.")
@click.option("--without-kubernetes", is_flag=True, help="AWS alone: starts in a second, and needs no cluster's parts.")
def up(port: int, region: str, *, without_kubernetes: bool) -> None:
    """Start it, or find it running; its engine and cluster are fetched or built the first time."""
    home, progress = Home.from_environment(), ConsoleProgress()
    builds = Builds(home.builds, progress=progress)
    finder = EngineFinder(builds, progress, home.bin)
    kubernetes = None if without_kubernetes else KubernetesFinder(builds, progress)
    with terminate_as_interrupt():
        state = start_cloud(home, Wanted(port=port, region=region), finder, progress, kubernetes)
    click.echo(f"AWS answers at {state.endpoint} (process {state.cloud.pid}); stacks' state is in {home.backend}.")
    if state.cluster:
        click.echo(
            f"Kubernetes {state.cluster.version} answers at {state.cluster.endpoint} "
            f"(process {state.cluster.api_server.pid})."
        )
    click.echo('Use it with:  eval "$(trimtab local env)"')


@local.command()
@click.option("--purge", is_flag=True, help="Remove stacks' state, logs and PULUMI_HOME too (not built engines).")
def down(*, purge: bool) -> None:
    """End what `up` has started, and nothing else."""
    outcome = end_cloud(Home.from_environment(), purge=purge)
    for record in outcome.ended:
        click.echo(f"ended {record.name} (process {record.pid}).")
    for record in outcome.gone:
        click.echo(f"{record.name} (process {record.pid}) had ended before.")
    if not outcome.ended and not outcome.gone:
        click.echo("the local cloud was not running.")
    if outcome.purged:
        click.echo("its files were removed.")


@local.command()
@format_option("table", "json")
@output_option
@click.pass_context
def status(context: click.Context, output_format: str, output: Path | None) -> None:
    """What runs; leaves with 1 unless it runs and answers."""
    found = look(Home.from_environment())
    emit(found.model_dump_json(indent=2, by_alias=True) if output_format == "json" else _table(found), output)
    context.exit(0 if found.state == "up" else 1)


@local.command()
@format_option("shell", "json", "github", default="shell")
@output_option
def env(output_format: str, output: Path | None) -> None:
    """The environment that makes a stack local: eval it, load it, or append it to $GITHUB_ENV."""
    home = Home.from_environment()
    state = require_running(home)
    forms = {"shell": _shell, "json": _json, "github": _github}
    emit(forms[output_format](home, state), output)


def _shell(home: Home, state: LocalState) -> str:
    exports = [f"export {name}={shlex.quote(value)}" for name, value in local_variables(home, state).items()]
    path = f'export PATH={shlex.quote(str(state.engine.folder))}:"$PATH"'
    return "\n".join([f"unset {' '.join(UNSET)}", path, *exports])


def _json(home: Home, state: LocalState) -> str:
    whole = process_environment(home, state)
    return json.dumps({name: whole[name] for name in ("PATH", *local_variables(home, state))}, indent=2)


def _github(home: Home, state: LocalState) -> str:
    return "\n".join(f"{name}={value}" for name, value in json.loads(_json(home, state)).items())


def _table(found: Status) -> str:
    rows: list[tuple[str, str]] = [("state", found.state)]
    if found.endpoint:
        up_for = f", up {clock(found.uptime_seconds)}" if found.uptime_seconds is not None else ""
        rows.append(("AWS", f"{found.endpoint} in {found.region}{up_for}"))
    if found.engine:
        host = "official" if found.engine.official_language_host else "trimtab's"
        rows.append(("engine", f"pulumi {found.engine.version} ({found.engine.origin}), language host: {host}"))
    if found.cluster:
        rows.append(("Kubernetes", f"{found.cluster.version} at {found.cluster.endpoint}: {found.cluster.state}"))
        rows.append(("KUBECONFIG", found.cluster.kubeconfig))
    for process in found.processes:
        runs = "runs" if process.running else "has ended"
        rows.append((process.name, f"process {process.pid} {runs}; log {process.log}"))
    rows += [("PULUMI_HOME", found.pulumi_home), ("backend", found.backend), ("builds", found.builds)]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)
