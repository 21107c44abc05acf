"""Long tables on a page: the rows that carry the money, and what the others add up to.

A page of 10,000 resources would be 20 MB and take a browser seconds; nobody reads its 9,900th row. All rows are in the
JSON, CSV and FOCUS forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.reports.model import Line

MOST = 50
"""Rows of one table, or cards of one section."""


@dataclass(frozen=True)
class Cut:
    """A table in two parts."""

    shown: Sequence[Any]
    rest: Sequence[Any]

    def total(self, *path: str) -> Decimal:
        """Add up a figure of the rest, `total("cost", "monthly")`; what does not have it counts nothing."""
        return sum((_at(one, path) for one in self.rest), Decimal(0))


def cut(rows: Sequence[Any], most: int = MOST) -> Cut:
    """Show the first rows; a rest of one is shown too, as its row is no longer than the sum's."""
    place = len(rows) if len(rows) <= most + 1 else most
    return Cut(rows[:place], rows[place:])


def by_price(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Part lines into the priced ones, dearest first, and those without a known price."""
    ordered = sorted(lines, key=lambda one: (-_at(one, ("cost", "monthly")), one.subject))
    priced = [one for one in ordered if one.cost.status == "priced"]
    return priced, [one for one in ordered if one.cost.status != "priced"]


def _at(value: Any, path: tuple[str, ...]) -> Decimal:
    for name in path:
        value = getattr(value, name, None)
    return value if isinstance(value, Decimal) else Decimal(0)
