"""What an account wastes, for people."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from trimtab.cli.cost.advice_rows import money
from trimtab.cli.cost.tables import markdown, text
from trimtab.cost.account.finding import Saves

if TYPE_CHECKING:
    from trimtab.cost.account.finding import Finding, ScanDocument


def waste_table(document: ScanDocument) -> str:
    """Return one table, the largest saving first, and what could not be read."""
    return text(_table(document, box.HEAVY_HEAD), "", *_lines(document))


def waste_markdown(document: ScanDocument) -> str:
    """Return the same for a pull request's comment."""
    return markdown("## Paid for and not used\n", _table(document, box.MARKDOWN), "", *_lines(document))


def _table(document: ScanDocument, form: box.Box) -> Table:
    table = Table(box=form)
    for column in ("resource", "kind", "region", "owner", "do", "saves a month", "because"):
        table.add_column(column, justify="right" if column == "saves a month" else "left", overflow="fold")
    for one in document.findings:
        table.add_row(
            one.resource_id,
            one.kind,
            one.region,
            one.owner.team or "not tagged",
            _action(one),
            money(one.savings.monthly, "USD") if isinstance(one.savings, Saves) else "unpriced",
            one.reason,
        )
    return table


def _action(one: Finding) -> str:
    changes = ", ".join(f"{name} = {value}" for name, value in one.changes.items())
    return f"{one.action}: {changes}" if changes else one.action


def _lines(document: ScanDocument) -> list[str]:
    priced = [one.savings.monthly for one in document.findings if isinstance(one.savings, Saves)]
    total = money(sum(priced, Decimal(0)), "USD")
    seen = sum(document.seen.values())
    kinds = f"{len(document.seen)} kind{'s' if len(document.seen) != 1 else ''}"
    summary = (
        f"{len(document.findings)} of {seen} resources of {kinds}; saves a month: {total}, "
        f"{len(document.findings) - len(priced)} unpriced"
    )
    return [
        summary,
        *(f"not read: {one.kind} in {one.region}: {one.reason}" for one in document.unread),
    ]
