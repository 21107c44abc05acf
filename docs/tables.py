"""Tables as Markdown writes them, and lists of values that a person can read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHOWN = 12
_FEW = 3


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; "None." where there is no row."""
    lines = [_line([cell.replace("|", "\\|") for cell in row]) for row in rows]
    return "\n".join([_line(header), "|" + "---|" * len(header), *lines]) if lines else "None."


def _line(cells: Sequence[str]) -> str:
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def steps(allowed: Sequence[int | str]) -> str:
    """Return the values that a field may take: a run of whole numbers as its ends, a long list shortened."""
    numbers = [one for one in allowed if isinstance(one, int)]
    if len(numbers) == len(allowed) >= _FEW and all(after - before == 1 for before, after in pairwise(numbers)):
        return f"{numbers[0]} to {numbers[-1]}"
    if len(allowed) > _SHOWN:
        first = ", ".join(str(one) for one in allowed[:_FEW])
        return f"{first}, … {allowed[-1]} ({len(allowed)} steps)"
    return ", ".join(str(one) for one in allowed)


def page(*parts: str) -> str:
    """Join the parts of a page that are not empty."""
    return "\n\n".join(part for part in parts if part) + "\n"


def number(value: float) -> str:
    """Return a number as people write it: 100.5, 1,000,000."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
