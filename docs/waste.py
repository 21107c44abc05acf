"""The page of each kind that is looked through for waste, with an example that its own code judged."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING

from docs.tables import number, page, table
from docs.waste_examples import EXAMPLES, REGION

from trimtab.cost.account import ACCOUNT_KINDS
from trimtab.cost.model import Unpriced
from trimtab.cost.prices.items import monthly, source
from trimtab.cost.prices.snapshot import Snapshot

if TYPE_CHECKING:
    from trimtab.cost.account.base import AccountKind, Verdict
    from trimtab.cost.prices.items import Charge

_SERVICES = {"ec2": "instance price of EC2", "sagemaker": "instance price of SageMaker", None: "bundled list"}


def waste_pages() -> dict[str, str]:
    """Return `cost/kinds/<kind>.md` of every account kind."""
    return {f"cost/kinds/{kind.id}.md": _page(kind) for kind in ACCOUNT_KINDS.values()}


def _page(kind: AccountKind) -> str:
    module = sys.modules[kind.judge.__module__]
    young = "Younger than `--days`, it is not judged." if kind.ages else "It is judged whatever its age."
    metrics = (
        [
            f"`{one.namespace}`",
            f"`{one.name}`",
            one.statistic.lower(),
            ", ".join(f"`{name}`" for name in one.dimensions),
        ]
        for one in kind.metrics
    )
    return page(
        f"# `{kind.id}`: {kind.title}",
        f"Written by `make docs` from `src/{module.__name__.replace('.', '/')}.py`. [In prose](../waste.md).",
        inspect.getdoc(module) or "",
        f"**Found where**: {kind.found}",
        f"**Proposed**: {kind.proposed} Nothing is done by `trimtab cost waste`, which only reads.",
        f"**Never crossed**: {kind.never_cross}",
        "## What is measured",
        table(["namespace", "metric", "statistic", "by"], metrics),
        young,
        "## What reading it takes",
        "\n".join(f"- `{action}`" for action in kind.permissions),
        "## What it costs, by an example",
        _example(kind),
    )


def verdict(kind: AccountKind) -> Verdict | None:
    """Return what the kind's own code says of its example."""
    one = EXAMPLES[kind.id]
    return kind.judge(one.found(), one.used(tuple(metric.name for metric in kind.metrics)))


def _example(kind: AccountKind) -> str:
    said = verdict(kind)
    if said is None:
        msg = f"{kind.id}: its example in docs/waste_examples.py is judged to be in use"
        raise ValueError(msg)
    facts = ", ".join(f"{name} {_plain(value)}" for name, value in EXAMPLES[kind.id].facts.items() if value != "")
    changes = ", ".join(f"`{name}` = {_plain(value)}" for name, value in said.changes.items())
    rows = [*_charges("now", said.before), *_charges("then", said.after)]
    return page(
        f"Read: {facts}.",
        f"Said: **{said.action}**{f' ({changes})' if changes else ''}: {said.because}.",
        *(f"Caution: {one}." for one in said.cautions),
        table(["when", "paid for", "a month", "price"], rows) if rows else "",
        _money(said),
    ).rstrip()


def _charges(when: str, charges: tuple[Charge, ...]) -> list[list[str]]:
    return [
        [when, f"`{one.item}`", number(round(one.quantity, 2)), _SERVICES[one.service]]
        for one in charges
        if one.quantity
    ]


def _money(said: Verdict) -> str:
    if said.unpriced:
        return f"Unpriced: {said.unpriced}."
    before, after = (monthly(charges, REGION, Snapshot()) for charges in (said.before, said.after))
    for price in (before, after):
        if isinstance(price, Unpriced):
            return f"Unpriced: {price.reason}."
    return f"{before:,.2f} → {after:,.2f} USD a month in {REGION}. Prices: {source()}."


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, int | float) else str(value)
