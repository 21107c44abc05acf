"""The level of a commitment that saves the most: pure arithmetic on hours.

A commitment of `c` an hour is paid in every hour; it pays for usage at its rates, the largest discount first (as AWS
applies Savings Plans), and what is left is paid on demand. Of one rate, r times the price on demand, that is

    saving(c) = sum over hours of min(S, c / r) - c,    S: on-demand cost of the hour

which is concave in c: its slope falls at each point where an hour is covered in full. The best c is the last such point
with a rising slope; with one rate it is r times the quantile 1 - r of S, the newsvendor's.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Hour:
    """Usage of an hour: pairs of what it costs under the commitment and on demand, largest discount first."""

    parts: tuple[tuple[Decimal, Decimal], ...]

    @property
    def on_demand(self) -> Decimal:
        """Cost without any commitment."""
        return sum((cost for _, cost in self.parts), _ZERO)

    def covered(self, level: Decimal) -> tuple[Decimal, Decimal]:
        """Return how much of a commitment the hour uses, and the on-demand cost that this replaces."""
        used = replaced = _ZERO
        for committed, cost in self.parts:
            room = level - used
            if committed > room:
                return level, replaced + (cost * room / committed if committed else _ZERO)
            used, replaced = used + committed, replaced + cost
        return used, replaced


@dataclass(frozen=True)
class Outcome:
    """A level on some hours: money used of it, on-demand cost replaced, and paid for it."""

    used: Decimal
    replaced: Decimal
    paid: Decimal

    @property
    def saving(self) -> Decimal:
        """Money saved; negative: it costs more."""
        return self.replaced - self.paid


def hour(parts: Sequence[tuple[Decimal, Decimal]]) -> Hour:
    """Order the usage of an hour; what a commitment makes no cheaper stays on demand."""
    cheaper = [(committed, cost) for committed, cost in parts if _ZERO < committed < cost]
    return Hour(tuple(sorted(cheaper, key=lambda part: (part[0] / part[1], part))))


def outcome(hours: Sequence[Hour], level: Decimal) -> Outcome:
    """Play a level over hours."""
    covered = [one.covered(level) for one in hours]
    used, replaced = (sum((pair[at] for pair in covered), _ZERO) for at in (0, 1))
    return Outcome(used, replaced, level * len(hours))


def best_level(hours: Sequence[Hour], unit: Decimal = _ZERO) -> Decimal:
    """Return the level with the greatest saving, the lowest of equal ones; 0: none saves anything.

    Args:
        hours: the past.
        unit: cost an hour of the smallest step (a reserved node); 0: any amount.
    """
    points = sorted({_ZERO, *_points(hours, unit)})
    # Concave: the differences of the savings fall, so the first that is not positive follows the best point.
    place = bisect_left(
        range(len(points) - 1),
        True,  # what is looked for
        key=lambda at: outcome(hours, points[at + 1]).saving <= outcome(hours, points[at]).saving,
    )
    return points[place]


def _points(hours: Sequence[Hour], unit: Decimal) -> set[Decimal]:
    if unit:
        most = max((sum((committed for committed, _ in one.parts), _ZERO) for one in hours), default=_ZERO)
        return {unit * count for count in range(1, int(most / unit) + 2)}
    found = set()
    for one in hours:
        level = _ZERO
        for committed, _ in one.parts:
            level += committed
            found.add(level)
    return found
