"""Spend by group as bars: used, idle, not measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.reports.plots.canvas import COLOUR, Plot, Width, canvas
from trimtab.cost.reports.words import money, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.reports.model import SpendGroup

SHOWN = 12
_PARTS = (("used", "in use"), ("idle", "idle"), ("unmeasured", "use not measured"))
_ROW, _FRAME = 0.36, 0.55


def spend_bars(groups: Sequence[SpendGroup], currency: str, plot_id: str, title: str) -> Plot:
    """Draw the dearest groups; the table beside it holds all."""
    shown = groups[:SHOWN]
    first = shown[0]
    cost, idle = money(first.monthly, currency), money(first.idle, currency)
    summary = f"{first.name} costs most: {cost} a month, of which {idle} idles."
    return Plot(
        plot_id, title, summary,
        _draw(shown, currency, plot_id, Width.WIDE), _draw(shown, currency, plot_id, Width.NARROW),
    )  # fmt: skip


def _draw(groups: Sequence[SpendGroup], currency: str, salt: str, width: Width) -> str:
    narrow = width is Width.NARROW
    row = _ROW * (1.7 if narrow else 1.0)
    with canvas(width, _FRAME + row * len(groups), salt) as (figure, axes, done):
        parts = [part for part in _PARTS if any(getattr(group, part[0]) for group in groups)]
        left = [0.0] * len(groups)
        for part, label in parts:
            values = [float(getattr(group, part)) for group in groups]
            axes.barh(range(len(groups)), values, left=left, height=0.42 if narrow else 0.62,
                      color=COLOUR[part], label=label)  # fmt: skip
            left = [a + b for a, b in zip(left, values, strict=True)]
        widest = max(left) or 1.0
        for place, group in enumerate(groups):
            axes.text(left[place] + widest * 0.015, place, money(group.monthly, currency), va="center")
            if narrow:
                axes.text(0, place - 0.42, shortened(group.name, width.name_length), va="center")
        axes.set_xlim(0, widest * (1.34 if narrow else 1.16))
        axes.set_ylim(len(groups) - 0.5, -0.85 if narrow else -0.5)
        names = [shortened(group.name, width.name_length) for group in groups]
        axes.set_yticks([] if narrow else range(len(groups)), [] if narrow else names)
        axes.tick_params(length=0)
        axes.set_xticks([])
        for spine in axes.spines.values():
            spine.set_visible(False)
        figure.legend(loc="outside upper left", ncols=3, frameon=False, handlelength=1, borderaxespad=0)
    return done[0]
