"""What a report of one stack is made of, put together from the analyser's parts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trimtab.cli.cost.parts import prices_of
from trimtab.cost.apply.guards import Context, Limits, decide
from trimtab.cost.apply.guards.context import monthly_spend
from trimtab.cost.commitments import CommitmentsDocument
from trimtab.cost.model import HeldCode
from trimtab.cost.reports import Inputs
from trimtab.cost.reports.causes import GitCommits
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from trimtab.cost.apply.config import StackFile
    from trimtab.cost.apply.journal import JournalFolder
    from trimtab.cost.model import AdviceDocument, Held, Pricing
    from trimtab.cost.prices.port import PriceBook
    from trimtab.cost.reports.build import Bill, Week
    from trimtab.cost.reports.history import UnitHistory

# These say that there is nothing to do; a reader of the report need not be told of each.
_SILENT = frozenset({HeldCode.NO_CHANGE, HeldCode.ABSTAINED})


def inputs_of(
    stack: str,
    file: StackFile,
    folder: JournalFolder,
    *,
    week: Week,
    now: datetime,
    document: AdviceDocument,
    book: PriceBook,
    history: UnitHistory | None,
    policy: Path | None,
    waivers: Path | None,
    bill: Bill | None = None,
    commitments: Path | None = None,
) -> Inputs:
    """Gather what the stack's file, journal and repository say about the advice.

    Raises:
        UserError: a file cannot be read.
        WorldError: a journal is broken, or the price list cannot be reached.
    """
    prices = prices_of(document, book)
    platform = file.platform(file.read())
    budget = platform.monthly_budget
    return Inputs(
        stack=stack,
        platform=platform.name,
        environment=platform.environment,
        week=week,
        generated=now,
        advice=document,
        prices=prices,
        held=_held(document, prices, min(week.until, now)),
        runs=folder.runs(),
        findings=None if policy is None else _entries(policy, "findings"),
        waivers=None if waivers is None else _entries(waivers, "waivers"),
        budget=budget.amount if budget else None,
        currency=budget.currency if budget else "USD",
        history=history,
        bill=bill,
        commitments=None if commitments is None else CommitmentsDocument.read(commitments),
        commits=GitCommits.around(file.path),
    )


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
