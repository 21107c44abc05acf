"""`trimtab doctor`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trimtab.cli.options import emit, format_option, output_option
from trimtab.cost.permissions import reader_policy
from trimtab.local.doctor import Site, State, examine
from trimtab.local.home import Home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.local.doctor import Finding

SCHEMA = "trimtab.doctor/v1"


@click.command()
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    show_default="this folder",
    help="Folder of the Pulumi project.",
)
@click.option("--policy", is_flag=True, help="Print the IAM policy that the analyser's role takes, and leave.")
@format_option("table", "json")
@output_option
@click.pass_context
def doctor(context: click.Context, project: Path, *, policy: bool, output_format: str, output: Path | None) -> None:
    """What is installed, reachable and permitted; leaves with 1 where there is a gap."""
    if policy:
        emit(json.dumps(reader_policy(), indent=2), output)
        return
    findings = list(examine(Site(Home.from_environment(), project.resolve())))
    emit(_json(findings) if output_format == "json" else _table(findings), output)
    context.exit(1 if any(finding.state is State.GAP for finding in findings) else 0)


def _json(findings: Sequence[Finding]) -> str:
    return json.dumps({"schema": SCHEMA, "checks": [finding.model_dump() for finding in findings]}, indent=2)


def _table(findings: Sequence[Finding]) -> str:
    width = max(len(finding.check) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(f"{finding.state:<4}  {finding.check:<{width}}  {finding.found}")
        if finding.remedy:
            lines.append(f"{'':<4}  {'':<{width}}  remedy: {finding.remedy}")
    return "\n".join(lines)
