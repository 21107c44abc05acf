"""Promised against realised savings, one pair of bars a change."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.model.verification import Realised
from trimtab.cost.reports.plots.canvas import COLOUR, Plot, Width, canvas
from trimtab.cost.reports.words import money, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.reports.model import ChangeLine

SHOWN = 10


def measured(changes: Sequence[ChangeLine]) -> list[tuple[str, float, float]]:
    """Return name, promised and realised saving of the newest changes where both are known."""
    found = [
        (f"{line.subject} ({line.at:%d %b})", float(line.promised), float(line.realised.monthly))
        for line in changes
        if line.promised is not None and isinstance(line.realised, Realised)
    ]
    return found[:SHOWN]


def promises(changes: Sequence[ChangeLine], currency: str) -> Plot:
    """Draw what was promised and what came of it; `measured` must not be empty."""
    rows = measured(changes)
    promised, realised = sum(row[1] for row in rows), sum(row[2] for row in rows)
    summary = f"Of {_amount(promised, currency)} a month promised, {_amount(realised, currency)} came true."
    return Plot(
        "promises", "Promised and realised savings", summary,
        _draw(rows, currency, Width.WIDE), _draw(rows, currency, Width.NARROW),
    )  # fmt: skip


def _amount(value: float, currency: str) -> str:
    return money(Decimal(str(round(value, 2))), currency)


def _draw(rows: Sequence[tuple[str, float, float]], currency: str, width: Width) -> str:
    with canvas(width, 0.45 + 0.72 * len(rows), "promises") as (figure, axes, done):
        widest = max(max(row[1], row[2], 0.01) for row in rows)
        for place, (name, promised, realised) in enumerate(rows):
            first = {"label": "promised"} if place == 0 else {}
            second = {"label": "realised"} if place == 0 else {}
            axes.barh(place - 0.02, promised, height=0.27, color=COLOUR["idle"], **first)
            axes.barh(place + 0.28, realised, height=0.27, color=COLOUR["good"], **second)
            axes.text(0, place - 0.32, shortened(name, width.name_length), va="center")
            axes.text(max(promised, 0) + widest * 0.015, place - 0.02, _amount(promised, currency), va="center")
            axes.text(max(realised, 0) + widest * 0.015, place + 0.28, _amount(realised, currency), va="center")
        axes.set_xlim(min(0, *(row[2] for row in rows)), widest * 1.3)
        axes.set_ylim(len(rows) - 0.45, -0.5)
        axes.set_xticks([])
        axes.set_yticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
        figure.legend(loc="outside upper left", ncols=2, frameon=False, handlelength=1, borderaxespad=0)
    return done[0]
