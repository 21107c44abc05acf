"""`trimtab doctor`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trimtab.cli.options import emit, format_option, output_option, stack_option
from trimtab.cost.apply.config.project import Project
from trimtab.cost.apply_permissions import apply_policy
from trimtab.cost.permissions import reader_policy
from trimtab.local.doctor import Site, State, examine
from trimtab.local.home import Home
from trimtab.spec.errors import UserError

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
@click.option("--apply", "applies", is_flag=True, help="With --policy: that of the role which applies changes.")
@stack_option
@format_option("table", "json")
@output_option
@click.pass_context
def doctor(
    context: click.Context,
    project: Path,
    *,
    policy: bool,
    applies: bool,
    stack: str | None,
    output_format: str,
    output: Path | None,
) -> None:
    """What is installed, reachable and permitted; leaves with 1 where there is a gap.

    With --policy --apply, --stack narrows the role to the names and tags of that stack's platform.
    """
    if applies and not policy:
        raise UserError("--apply: is given without --policy", remedy="give both, or leave it out.")
    if policy:
        made = _apply_policy(project.resolve(), stack) if applies else reader_policy()
        emit(json.dumps(made, indent=2), output)
        return
    findings = list(examine(Site(Home.from_environment(), project.resolve())))
    emit(_json(findings) if output_format == "json" else _table(findings), output)
    context.exit(1 if any(finding.state is State.GAP for finding in findings) else 0)


def _apply_policy(project: Path, stack: str | None) -> dict[str, Any]:
    if stack is None:
        return apply_policy()
    file = Project.around(project).stack_file(stack)
    context = file.platform(file.read()).context()
    return apply_policy(context.prefix, {"Platform": context.platform, "Environment": context.environment})


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
