"""`trimtab cost report`."""

from __future__ import annotations

import json
import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trimtab.cli.cost.advice_source import advice_of
from trimtab.cli.cost.parts import Place, prices_of
from trimtab.cli.cost.sampling import Sampling, sampling_options
from trimtab.cli.cost.wiring import progress
from trimtab.cli.options import emit, format_option, output_option, stack_option
from trimtab.cost.apply.guards import Context, Limits, decide
from trimtab.cost.apply.guards.context import monthly_spend
from trimtab.cost.model import HeldCode
from trimtab.cost.prices.choose import price_book
from trimtab.cost.reports import FORMATS, Inputs, build
from trimtab.cost.reports.build import Week
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from trimtab.cost.model import AdviceDocument, Held, Pricing

_FILE = click.Path(dir_okay=False, path_type=Path)
_ENDINGS = {"html": "html", "markdown": "md", "json": "json", "csv": "csv"}
# These say that there is nothing to do; a reader of the report need not be told of each.
_SILENT = frozenset({HeldCode.NO_CHANGE, HeldCode.ABSTAINED})


@click.command()
@stack_option
@click.option("--week", help="ISO week, 2026-W47; default: the newest one.")
@click.option("--advice", "advice_path", type=_FILE, help="What `recommend` wrote; default: anew.")
@click.option("--policy", type=_FILE, help="What `trimtab policy check --format json` wrote.")
@click.option("--waivers", type=_FILE, help="The waiver file, policy-waivers.yaml.")
@click.option("--open", "show", is_flag=True, help="Open it in a browser.")
@sampling_options
@format_option(*FORMATS, default="html")
@output_option
def report(
    *,
    stack: str | None,
    week: str | None,
    advice_path: Path | None,
    policy: Path | None,
    waivers: Path | None,
    show: bool,
    sampling: Sampling,
    output_format: str,
    output: Path | None,
) -> None:
    """Write the weekly report: spend, use, what changed and what it brought, what is advised and what is held.

    The last line printed is the path of the file.
    """
    place = Place.of(stack)
    now = datetime.now(tz=UTC)
    chosen = Week.named(week) if week else Week.of(now)
    until = chosen.until if chosen.until < now else None
    document = advice_of(advice_path, place.stack, sampling.for_stack(), until=until)
    with progress("writing the report"):
        prices = prices_of(document, price_book("auto"))
        platform = place.file.platform(place.file.read())
        budget = platform.monthly_budget
        made = build(
            Inputs(
                stack=place.stack,
                platform=platform.name,
                environment=platform.environment,
                week=chosen,
                generated=now,
                advice=document,
                prices=prices,
                held=_held(document, prices, until or now),
                runs=place.folder.runs(),
                findings=None if policy is None else _entries(policy, "findings"),
                waivers=None if waivers is None else _entries(waivers, "waivers"),
                budget=budget.amount if budget else None,
                currency=budget.currency if budget else "USD",
            )
        )
        text = FORMATS[output_format](made)
    path = (output or Path(f"cost-report-{place.folder.path.name}-{chosen.name}.{_ENDINGS[output_format]}")).resolve()
    emit(text, path)
    if show:
        webbrowser.open(path.as_uri())
    click.echo(str(path))


def _held(document: AdviceDocument, prices: dict[str, Pricing], now: datetime) -> tuple[Held, ...]:
    """Return what is held back for reasons of its own; what only has to wait its turn is advised all the same."""
    context = Context(
        now=now,
        created=document.created,
        monthly=monthly_spend(document.advice, prices),
        subjects=len(document.advice),
        limits=Limits(resources=1.0, spend=float("inf")),
    )
    _, held = decide(document.advice, context)
    return tuple(one for one in held if one.code not in _SILENT)


def _entries(path: Path, key: str) -> tuple[dict[str, Any], ...]:
    """Read a list of objects, bare or under `key`, from JSON or YAML."""
    remedy = f"name a JSON or YAML file with a list of {key}."
    try:
        text = path.read_text(encoding="utf-8")
        loaded = json.loads(text) if path.suffix == ".json" else YAML(typ="safe").load(text)
    except (OSError, ValueError, YAMLError) as error:
        raise UserError(f"{path}: cannot be read: {str(error).splitlines()[0]}", remedy=remedy) from error
    found = loaded.get(key) if isinstance(loaded, dict) else loaded
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UserError(f"{path}: holds no list of {key}", remedy=remedy)
    return tuple(found)
