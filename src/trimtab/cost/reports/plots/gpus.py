"""How the paid GPU hours spread over levels of use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.reports.plots.canvas import COLOUR, Plot, Width, canvas
from trimtab.cost.reports.words import percent

if TYPE_CHECKING:
    from trimtab.cost.reports.model import GpuUse

_STEP = 10
_LOW = 2
"""Steps that are drawn as idle: under 20 % of a GPU a smaller or shared one would do."""


def gpu_plot(use: GpuUse) -> Plot:
    """Draw one bar a tenth of capacity."""
    quiet = sum(use.shares[:_LOW])
    summary = (
        f"{percent(quiet)} of what the GPUs cost is paid for hours in which they are less than {_LOW * _STEP} % busy; "
        f"half of it for hours under {percent(use.median)}."
    )
    return Plot(
        "gpus", "Paid GPU hours by how busy the GPUs were", summary, _draw(use, Width.WIDE), _draw(use, Width.NARROW)
    )


def _draw(use: GpuUse, width: Width) -> str:
    narrow = width is Width.NARROW
    with canvas(width, 2.6, "gpus") as (_, axes, done):
        places = range(len(use.shares))
        colours = [COLOUR["idle"] if place < _LOW else COLOUR["used"] for place in places]
        axes.bar(places, [share * 100 for share in use.shares], width=0.86, color=colours)
        for place, share in enumerate(use.shares):
            if share >= 0.005:  # noqa: PLR2004  # what rounds to nothing is not written
                axes.text(place, share * 100, f"{share * 100:.0f}" + ("" if narrow else " %"), ha="center", va="bottom")
        names = [f"{low * _STEP}" if narrow else f"{low * _STEP} to {(low + 1) * _STEP}" for low in places]
        axes.set_xticks(list(places), names)
        axes.set_xlabel("GPU busy, % from" if narrow else "GPU busy, %")
        axes.set_ylabel(f"% of {_counted(use)}")
        axes.set_yticks([])
        axes.set_ylim(0, max(use.shares) * 118)
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
    return done[0]


def _counted(use: GpuUse) -> str:
    return "GPU cost" if use.weighting == "monthly cost" else "GPU hours"
