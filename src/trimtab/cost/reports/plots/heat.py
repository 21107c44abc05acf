"""The week as a grid of hours: how much of what is paid for is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from trimtab.cost.reports.plots.canvas import COLOUR, HEAT_STEPS, Plot, Width, canvas
from trimtab.cost.reports.words import DAYS, hour_of_week, percent

if TYPE_CHECKING:
    from trimtab.cost.reports.model import Heat, HeatCell

# Lower edges in percent of paid capacity: fine where idling is decided, coarse where it is busy anyway.
EDGES = (0, 5, 10, 20, 40, 60, 80)
_HOURS = 24


def step_of(share: float) -> int:
    """Return which of the seven colours a share has."""
    return max(step for step in range(HEAT_STEPS) if share * 100 >= EDGES[step] or step == 0)


def heat_map(heat: Heat) -> Plot:
    """Draw the mean use in each hour of the week."""
    quiet = min(heat.cells, key=lambda cell: cell.mean)
    busy = max(heat.cells, key=lambda cell: cell.mean)
    summary = (
        f"Busiest on {hour_of_week(busy.hour)} UTC ({percent(busy.mean)} of paid capacity in use), "
        f"quietest on {hour_of_week(quiet.hour)} UTC ({percent(quiet.mean)})."
    )
    return Plot("heat", "Use by hour of the week", summary, _draw(heat, Width.WIDE), _draw(heat, Width.NARROW))


def _draw(heat: Heat, width: Width) -> str:
    narrow = width is Width.NARROW
    with canvas(width, 5.6 if narrow else 3.1, "heat") as (figure, axes, done):
        axes.add_collection(PatchCollection([_square(cell, narrow=narrow) for cell in heat.cells], match_original=True))
        across, down = (len(DAYS), _HOURS) if narrow else (_HOURS, len(DAYS))
        axes.set_xlim(0, across)
        axes.set_ylim(down, 0)
        hours = range(0, _HOURS, 3)
        days = ([day + 0.5 for day in range(7)], list(DAYS))
        marks = ([hour + 0.5 for hour in hours], [f"{hour:02d}" for hour in hours])
        axes.set_xticks(*(days if narrow else marks))
        axes.set_yticks(*(marks if narrow else days))
        axes.set_xlabel("" if narrow else "hour (UTC)")
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        _legend(figure, narrow=narrow)
    return done[0]


def _square(cell: HeatCell, *, narrow: bool) -> Rectangle:
    day, hour = divmod(cell.hour, _HOURS)
    place = (day, hour) if narrow else (hour, day)
    return Rectangle(place, 0.94, 0.92, color=COLOUR[f"heat{step_of(cell.mean)}"], linewidth=0)


def _legend(figure: Any, *, narrow: bool) -> None:
    labels = [f"under {EDGES[1]} %", *(f"from {low} %" for low in EDGES[1:])]
    handles = [Rectangle((0, 0), 1, 1, color=COLOUR[f"heat{step}"], linewidth=0) for step in range(HEAT_STEPS)]
    place = "outside lower left" if narrow else "outside upper left"
    figure.legend(
        handles, labels, loc=place, ncols=3 if narrow else HEAT_STEPS, frameon=False, handlelength=1,
        handleheight=1, columnspacing=0.9, handletextpad=0.4, borderaxespad=0,
    )  # fmt: skip
