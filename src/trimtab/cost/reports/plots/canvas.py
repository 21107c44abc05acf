"""Matplotlib figures as inline SVG whose colours are the page's CSS variables."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAT_STEPS = 7


class Width(Enum):
    """A plot is drawn twice: for a desk and for a phone."""

    WIDE = 10.2
    NARROW = 3.6

    @property
    def name_length(self) -> int:
        """Characters of a name that are drawn: a third of a desk's width beside the bars, a phone's width over them."""
        return 34 if self is Width.WIDE else 40


# Each name stands in the figure for a colour that nothing else uses; the SVG gets the CSS variable instead.
_NAMES = ("ink", "muted", "line", "panel", "used", "idle", "unmeasured", "good", "accent",
          *(f"heat{step}" for step in range(HEAT_STEPS)))  # fmt: skip
COLOUR = {name: f"#0a{number:02x}f7" for number, name in enumerate(_NAMES)}

_SETTINGS: Any = {
    "svg.fonttype": "none",
    "font.size": 11,
    "text.color": COLOUR["ink"],
    "axes.labelcolor": COLOUR["muted"],
    "axes.edgecolor": COLOUR["line"],
    "xtick.color": COLOUR["muted"],
    "ytick.color": COLOUR["ink"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": COLOUR["line"],
    "text.parse_math": False,
}


@dataclass(frozen=True)
class Plot:
    """A plot in both widths, with what it says in one sentence."""

    id: str
    title: str
    summary: str
    wide: str
    narrow: str


@contextmanager
def canvas(width: Width, height: float, salt: str) -> Iterator[tuple[Figure, Any, list[str]]]:
    """Give a figure and its axes; the list holds the finished SVG afterwards."""
    done: list[str] = []
    with mpl.rc_context({**_SETTINGS, "svg.hashsalt": f"{salt}-{width.name}"}):
        figure = Figure(figsize=(width.value, height), layout="constrained")
        FigureCanvasSVG(figure)
        yield figure, figure.add_subplot(), done
        written = io.StringIO()
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        done.append(_inline(written.getvalue(), f"{salt}-{width.name.lower()}"))


def _inline(document: str, prefix: str) -> str:
    """Cut the SVG element out, name its parts apart from other plots', and put CSS in place of colours."""
    svg = document[document.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r' xmlns(:\w+)?="[^"]*"', "", svg)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = svg.replace("xlink:href", "href")
    svg = re.sub(r"font: ([\d.]+px)[^;\"]*", r"font-size: \1", svg)
    for name, colour in COLOUR.items():
        svg = svg.replace(colour, f"var(--{name})")
    used = {*re.findall(r"url\(#([^)]+)\)", svg), *re.findall(r'href="#([^"]+)"', svg)}
    svg = re.sub(r' id="([^"]+)"', lambda found: f' id="{prefix}-{found[1]}"' if found[1] in used else "", svg)
    svg = re.sub(r"(url\(#|href=\"#)", rf"\g<1>{prefix}-", svg)
    head = r'<svg viewBox="\1" aria-hidden="true" focusable="false">'
    svg = re.sub(r'<svg[^>]*viewBox="([^"]+)"[^>]*>', head, svg, count=1)
    return re.sub(r">\s+<", "><", svg).strip()
