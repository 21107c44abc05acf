"""`trimtab policy`: the rules, one rule's page, an offline check, the documentation's pages."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from trimtab.cli.options import emit, format_option, output_option
from trimtab.rules.catalogue import SLUGS
from trimtab.rules.docs import stale_pages, write_pages
from trimtab.rules.listing import EXPLANATIONS, LISTINGS, Selection, rule_named
from trimtab.rules.port import Pack, Severity
from trimtab.rules.registry import RULES
from trimtab.rules.reports import FORMATS
from trimtab.rules.run import Request, check_files

_FILE = click.Path(dir_okay=False, path_type=Path)
_pack_option = click.option(
    "--pack", "packs", multiple=True, type=click.Choice(get_args(Pack)), help="Only this pack; may be repeated."
)


@click.group()
def policy() -> None:
    """The rules: list, explain, check."""


@policy.command("list")
@_pack_option
@click.option("--framework", type=click.Choice(list(SLUGS)), help="What serves this framework, and what nothing does.")
@format_option("table", "json")
@output_option
def list_rules(packs: tuple[str, ...], framework: str | None, output_format: str, output: Path | None) -> None:
    """List the rules."""
    chosen = tuple(rule for rule in RULES if not packs or rule.pack in packs)
    selection = Selection(chosen, SLUGS[framework] if framework else None)
    emit(LISTINGS[output_format](selection), output)


@policy.command()
@click.argument("rule")
@format_option("markdown", "json", default="markdown")
@output_option
def explain(rule: str, output_format: str, output: Path | None) -> None:
    """Show one rule: what it wants, why, how to mend it, what it serves."""
    emit(EXPLANATIONS[output_format](rule_named(rule)), output)


@policy.command()
@click.option(
    "--state",
    required=True,
    type=click.Path(path_type=Path),
    help="What `pulumi stack export` or `pulumi preview --json --show-sames` wrote; - is standard input.",
)
@_pack_option
@click.option(
    "--severity",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.LOW.value,
    show_default=True,
    help="Leave with 1 at findings of this severity or worse.",
)
@click.option("--config", type=_FILE, help="Settings, as `--policy-pack-config` takes them (JSON or YAML).")
@click.option("--waivers", type=_FILE, help="Waivers; default: policy-waivers.yaml here or in stacks/.")
@click.option("--baseline", type=_FILE, help="An earlier JSON report; only what it does not hold is reported.")
@format_option(*FORMATS)
@output_option
@click.pass_context
def check(
    context: click.Context,
    *,
    state: Path,
    packs: tuple[str, ...],
    severity: str,
    config: Path | None,
    waivers: Path | None,
    baseline: Path | None,
    output_format: str,
    output: Path | None,
) -> None:
    """Check a stack's state or preview, without engine or credentials."""
    report, stack = check_files(Request(state, packs, config, waivers, baseline))
    if stack.left_out:
        click.echo(
            f"warning: the preview leaves out {stack.left_out} unchanged resources, so stack rules cannot judge it; "
            "write it with `pulumi preview --json --show-sames`.",
            err=True,
        )
    emit(FORMATS[output_format](report), output)
    if output is not None:
        click.echo(report.summary, err=True)
    context.exit(1 if report.at_or_above(Severity(severity)) else 0)


@policy.command()
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; leave with 1 where a page is not in step.")
@click.pass_context
def docs(context: click.Context, output: Path, *, only_check: bool) -> None:
    """Write a page for each rule and the coverage of each framework."""
    stale = stale_pages(output)
    if not only_check:
        write_pages(output)
    for name in stale:
        click.echo(f"{'not in step' if only_check else 'written'}: {output / name}")
    context.exit(1 if stale and only_check else 0)
