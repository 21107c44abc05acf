"""What to commit to, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from trimtab.cli.cost.advice_rows import money
from trimtab.cli.cost.tables import markdown, text
from trimtab.cost.commitments import Commitment, UnpricedUsage

if TYPE_CHECKING:
    from trimtab.cost.commitments import CommitmentsDocument

_RIGHT = frozenset({"commit to", "saves a month", "used", "pays from", "upfront"})


def commitments_table(document: CommitmentsDocument) -> str:
    """Return one table, the largest saving first, and what is not advised or not priced."""
    return text(_table(document, box.HEAVY_HEAD), "", *_lines(document))


def commitments_markdown(document: CommitmentsDocument) -> str:
    """Return the same for a pull request's comment."""
    return markdown("## Commitments\n", _table(document, box.MARKDOWN), "", *(f"- {one}" for one in _lines(document)))


def _table(document: CommitmentsDocument, form: box.Box) -> Table:
    table = Table(box=form)
    for column in ("plan", "commit to", "for", "saves a month", "weeks' range", "used", "pays from", "upfront"):
        table.add_column(column, justify="right" if column in _RIGHT else "left", overflow="fold")
    for one in document.lines:
        if isinstance(one, Commitment):
            table.add_row(
                f"{one.plan} {one.scope}".strip(),
                one.said,
                f"{one.years} year{'s' if one.years > 1 else ''}, {one.payment}",
                money(one.monthly, document.currency),
                f"{money(one.monthly_low, document.currency)} to {money(one.monthly_high, document.currency)}",
                f"{one.utilisation:.0%}",
                f"{one.break_even:.0%}",
                f"{money(one.upfront, document.currency)}, back in {one.payback_months:.1f} months"
                if one.upfront
                else "none",
            )
    return table


def _lines(document: CommitmentsDocument) -> list[str]:
    span = f"{document.since:%Y-%m-%d %H:%M} to before {document.until:%Y-%m-%d %H:%M} UTC"
    lines = [f"{span}; {document.origin}"]
    if document.left_out:
        lines.append(
            f"left out: {money(document.left_out, document.currency)} a month on demand, which open advice would remove"
        )
    for one in document.lines:
        if isinstance(one, UnpricedUsage):
            cost = money(one.on_demand, document.currency)
            lines.append(f"unpriced: {one.plan}, {one.scope}, {cost} a month on demand: {one.reason}")
        elif not isinstance(one, Commitment):
            lines.append(f"not advised: {one.plan}{f' {one.scope}' if one.scope else ''}: {one.reason}")
    return lines
