"""Tables for people: the largest saving first, grouped by owner."""

from __future__ import annotations

import io
import shutil
import sys
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from trimtab.cli.cost.advice_rows import by_owner, money, total
from trimtab.cost.model import (
    Recommendation,
    Saving,
    Unpriced,
    Utilisation,
)
from trimtab.cost.prices.unit import unit_price
from trimtab.cost.sizing.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.model import AdviceDocument, Defect, InventoryDocument, Savings, UsageDocument
    from trimtab.cost.prices.port import PriceBook

_WIDTH = 150
_UNBROKEN = 1000  # A row of Markdown is one line, however long.


def text(*parts: Table | str, width: int | None = None) -> str:
    """Write the parts as wide as the terminal, or as a file is read well where there is none."""
    buffer = io.StringIO()
    columns = width or (shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH)
    console = Console(file=buffer, width=columns, highlight=False, emoji=False, markup=False)
    for part in parts:
        console.print(part)
    return buffer.getvalue().rstrip()


def markdown(*parts: Table | str) -> str:
    """Write the parts for a pull request's comment: rows unbroken, no space at the ends of lines."""
    return "\n".join(line.rstrip() for line in text(*parts, width=_UNBROKEN).splitlines())


def _saving(savings: Savings) -> str:
    if isinstance(savings, Unpriced):
        return "unpriced"
    return money(savings.monthly, savings.price.currency)


def _defect_lines(defects: Iterable[Defect]) -> list[str]:
    return [f"samples: {defect.count:,} {defect.code} ({defect.repair})" for defect in defects]


def advice_markdown(document: AdviceDocument) -> str:
    """Return the same tables for a pull request's comment."""
    return markdown("## Cost advice", *_advice_parts(document, box.MARKDOWN))


def advice_table(document: AdviceDocument) -> str:
    """Return one table an owner, the largest saving first, and what was broken in the samples."""
    return text(*_advice_parts(document, box.HEAVY_HEAD))


def _advice_parts(document: AdviceDocument, form: box.Box) -> list[Table | str]:
    parts: list[Table | str] = []
    for group in by_owner(document):
        parts.append(f"\nowner: {group.name}, saves a month: {group.saves}\n")
        table = Table(box=form)
        for column in ("subject", "kind", "advice", "saves a month", "saving", "over capacity", "budget"):
            table.add_column(column, justify="right" if column in {"saves a month", "saving"} else "left")
        for advice in group.rows:
            if isinstance(advice, Recommendation):
                test = advice.back_test
                cells = (
                    said(advice),
                    _saving(advice.savings),
                    f"{test.saving:.0%} ({test.saving_low:.0%} to {test.saving_high:.0%})",
                    f"{test.violation:.2%}",
                    f"{test.budget:.2%}",
                )
            else:
                cells = (f"withheld: {advice.code}", "", "", "", "")
            table.add_row(advice.subject.name, advice.lead.kind, *cells)
        parts.append(table)
    return [*parts, "", *_defect_lines(document.defects), _summary(document)]


def _summary(document: AdviceDocument) -> str:
    given = [advice for advice in document.advice if isinstance(advice, Recommendation)]
    priced = [one for one in given if isinstance(one.savings, Saving)]
    return (
        f"{len(given)} of {len(document.advice)} advised, {len(document.advice) - len(given)} withheld, "
        f"{len(given) - len(priced)} unpriced; saves a month: {total(given)}"
    )


def inventory_table(document: InventoryDocument, prices: PriceBook) -> str:
    """Return what is paid for, with its price and what may be changed."""
    table = Table(title="inventory", title_justify="left", title_style="bold")
    for column in ("resource", "kind", "fleet", "type", "region", "count", "a month", "may be changed", "declared at"):
        table.add_column(column, overflow="fold")
    for resource in document.resources:
        price = unit_price(prices, resource)
        cost = (
            f"unpriced: {price.reason}"
            if isinstance(price, Unpriced)
            else money(price.monthly * resource.count, price.currency)
        )
        table.add_row(
            resource.resource_id,
            resource.kind,
            resource.fleet,
            resource.instance_type,
            resource.region,
            str(resource.count),
            cost,
            ", ".join(field.name for field in resource.fields) or "reported only",
            resource.source_position.removeprefix("project:///"),
        )
    return text(table)


def usage_table(document: UsageDocument) -> str:
    """Return the measured load of each subject."""
    table = Table(title="usage", title_justify="left", title_style="bold")
    for column in ("subject", "metric", "mean", "p95", "peak", "of", "samples", "from", "to", "coverage"):
        table.add_column(column)
    for usage in document.usage:
        if isinstance(usage, Utilisation):
            table.add_row(
                usage.subject.name,
                usage.metric,
                *(f"{value:.3g}" for value in (usage.mean, usage.p95, usage.peak, usage.capacity)),
                f"{usage.samples:,}",
                f"{usage.first:%Y-%m-%d %H:%M}",
                f"{usage.last:%Y-%m-%d %H:%M}",
                f"{usage.coverage:.0%}",
            )
        else:
            table.add_row(usage.subject.name, usage.reason)
    return text(table, *_defect_lines(document.defects))
