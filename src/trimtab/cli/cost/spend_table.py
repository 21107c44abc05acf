"""What was billed, for people and for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from trimtab.cli.cost.advice_rows import money
from trimtab.cli.cost.tables import markdown, text

if TYPE_CHECKING:
    from trimtab.cost.spend import BilledLine, SpendDocument

_LARGEST = 3


def spend_table(document: SpendDocument) -> str:
    """Return one table, the largest first, then what nobody answers for, the sums and the rules."""
    return text(_table(document, box.HEAVY_HEAD), "", *_lines(document))


def spend_markdown(document: SpendDocument) -> str:
    """Return the same for a pull request's comment."""
    return markdown(
        f"## Billed by {document.by}\n", _table(document, box.MARKDOWN), "", *(f"- {one}" for one in _lines(document))
    )


def spend_csv(document: SpendDocument) -> str:
    """Return the lines as CSV, amounts in full."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(["since", "until", "basis", document.by, "attributed", "currency", "amount", "by_id", "by_tags"])
    span = document.since.isoformat(), document.until.isoformat()
    for one in document.lines:
        amounts = (format(each, "f") for each in (one.amount, one.by_id, one.by_tags))
        attributed = str(one.attributed).lower()
        writer.writerow([*span, document.basis, one.name, attributed, one.currency, *amounts])
    return made.getvalue()


def _table(document: SpendDocument, form: box.Box) -> Table:
    table = Table(box=form)
    for column in (document.by, document.basis, "found by id", "by tags", "for", "services"):
        table.add_column(
            column, justify="right" if column in {document.basis, "found by id", "by tags"} else "left", overflow="fold"
        )
    for one in document.lines:
        table.add_row(
            one.name,
            *(money(each, one.currency) for each in (one.amount, one.by_id, one.by_tags)),
            ", ".join(part.name for part in one.kinds),
            _services(one),
        )
    return table


def _services(one: BilledLine) -> str:
    named = [f"{part.name} {money(part.amount, one.currency)}" for part in one.services[:_LARGEST]]
    rest = len(one.services) - len(named)
    return ", ".join([*named, *([f"{rest} more"] if rest else [])])


def _lines(document: SpendDocument) -> list[str]:
    total = ", ".join(money(part.amount, part.name) for part in document.totals)
    span = f"{document.since:%Y-%m-%d %H:%M} to before {document.until:%Y-%m-%d %H:%M} UTC"
    return [f"{document.basis} in all: {total}; {span}; {document.origin}", *document.notes, *document.rules]
