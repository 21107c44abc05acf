"""The back-test of one recommendation: demand, what is paid for now, what is advised."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from matplotlib.dates import AutoDateLocator, DateFormatter

from trimtab.cost.reports.plots.canvas import COLOUR, Plot, Width, canvas
from trimtab.cost.reports.words import percent

if TYPE_CHECKING:
    from trimtab.cost.reports.model import AdviceLine

_SHORT = timedelta(days=3)


def trace(line: AdviceLine, number: int) -> Plot:
    """Draw the replay of an advice over its subject's own past."""
    summary = (
        f"Replayed over {line.samples:,} samples, the advised capacity was too small in "
        f"{percent(line.violation, 2)} of them; {percent(line.budget, 2)} are allowed."
    )
    plot_id = f"trace{number}"
    return Plot(
        plot_id, f"Demand and capacity of {line.subject}", summary,
        _draw(line, plot_id, Width.WIDE), _draw(line, plot_id, Width.NARROW),
    )  # fmt: skip


def _draw(line: AdviceLine, salt: str, width: Width) -> str:
    with canvas(width, 2.5, salt) as (figure, axes, done):
        moments = [point[0] for point in line.trace]
        demand = [point[1] for point in line.trace]
        advised = [point[2] for point in line.trace]
        axes.fill_between(moments, demand, color=COLOUR["used"], linewidth=0, label="demand, hourly peak")
        axes.step(moments, advised, where="post", color=COLOUR["accent"], linewidth=1.8, label="advised")
        axes.axhline(line.capacity, color=COLOUR["ink"], linewidth=1.2, linestyle=(0, (4, 3)), label="paid for")
        axes.set_ylim(0, max(*demand, *advised, line.capacity) * 1.08)
        axes.set_ylabel(line.unit)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.margins(x=0)
        locator = AutoDateLocator(maxticks=4 if width is Width.NARROW else 8)  # type: ignore[no-untyped-call]  # theirs
        axes.xaxis.set_major_locator(locator)
        span = moments[-1] - moments[0]
        form = DateFormatter("%d %b" if span > _SHORT else "%d %b %H:%M")  # type: ignore[no-untyped-call]  # theirs
        axes.xaxis.set_major_formatter(form)
        figure.legend(loc="outside upper left", ncols=2 if width is Width.NARROW else 3, frameon=False,
                      handlelength=1.4, columnspacing=1.0, borderaxespad=0)  # fmt: skip
    return done[0]
