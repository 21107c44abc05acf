"""`trimtab local load`: traffic for the local cloud."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from trimtab.local import companions
from trimtab.local.home import Home
from trimtab.local.load.profile import read_profile
from trimtab.local.processes import await_line
from trimtab.local.progress import ConsoleProgress

HISTORY_EXPECTED_SECONDS, HISTORY_LIMIT_SECONDS = 15, 300


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
def load(profile: Path) -> None:
    """Play the demand of PROFILE (YAML) against what stands in the local cloud, until `local down`.

    Two weeks of utilisation are written at once, then a sample every few seconds: what CloudWatch would hold
    had the demand been served by the capacity that stands now.
    """
    read_profile(profile)
    command = (sys.executable, "-m", "trimtab.local.load", str(profile.resolve()))
    record = companions.start(Home.from_environment(), "load", command)
    with ConsoleProgress().step("playing the history of the load", HISTORY_EXPECTED_SECONDS):
        line = await_line(record, lambda text: text.startswith("history written"), HISTORY_LIMIT_SECONDS)
    click.echo(f"{line}; playing on (process {record.pid}).")
