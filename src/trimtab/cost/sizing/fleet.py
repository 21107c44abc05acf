"""Right size of a fleet: the cheapest plan that would have kept to the budget over its own past.

A plan is a floor (flat, or by hour of the week where the load has a rhythm), a ceiling, a target of utilisation
and a wait before scaling down. Floor and ceiling follow from the load; every target with every wait is replayed
over the whole past, exactly as the file contract defines the replay.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.model import Autoscale, Replicas
from trimtab.cost.sizing.plan import floor_at
from trimtab.cost.sizing.replay import reactive, wanted
from trimtab.cost.sizing.rhythm import ByHour, hourly_plans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trimtab.cost.model.reduced import Series

# Below 40 % a second fleet stands idle beside the first; above 90 % one failed replica in ten is an overload,
# whatever the past says.
TARGETS = tuple(range(40, 91, 2))

# A GPU replica takes minutes to load its model: giving one back sooner than after twenty minutes pays that start
# between two bursts of one busy period. Longer than six hours is a schedule, not a wait.
WAITS = (20, 30, 45, 60, 90, 120, 180, 240, 360)

# The floor is the ordinary load: it costs next to nothing beside a scaler that holds that load anyway, and is
# what stands between an outage of the clients and the overload at their return. A fleet that was not yet seen
# for a whole day may only have been seen busy; the lower quartile stands for the hours not seen.
ORDINARY = 0.5
ORDINARY_UNSEEN = 0.25
WHOLE_DAY_MINUTES = 1_440

# Room of the ceiling over the highest demand seen, for a level that doubles; it costs nothing while the load keeps
# to what was seen, since only the demand calls it up.
CEILING_ROOM = 2.0


@dataclass(frozen=True)
class Limits:
    """What a fleet's plan must keep to.

    Attributes:
        now: replicas that there may be today.
        least: fewest replicas that may be advised.
        bounded: demand can never exceed `now` (a share of the units that are there).
        by_hour: how floors by hour of the week can be carried to where the fleet is declared: not at all, any of
            the 168, or as a few windows a day.
        budget: share of samples that may lie over the capacity.
        targets: utilisations in percent that its scaler may aim at.
        floor: whether it can be told to hold units that nobody asks for.
    """

    now: int
    least: int
    bounded: bool
    budget: float
    by_hour: ByHour = "any"
    targets: tuple[int, ...] = TARGETS
    floor: bool = True


@dataclass(frozen=True)
class Judged:
    """A plan with what it cost (mean replicas) and the share of samples over it."""

    plan: Replicas
    cost: float
    violation: float


def allowance(samples: int, budget: float) -> float:
    """Return the share of samples over capacity that a plan may show on its past.

    A plan picked because it was inside the budget on n samples is, on the next n, over it as often as not. The
    number over capacity scatters at least as a Poisson count does, by √(n · budget); so the past must stay below
    the budget by one such step, which tightens a short history most.

    ```
    samples (budget 0.5 %)   200    700    1,000  5,000  40,000
    allowed share, %         0.00   0.23   0.28   0.40   0.46
    ```
    """
    expected = samples * budget
    return max(0.0, expected - math.sqrt(expected)) / samples if samples else 0.0


def ceiling(demand: np.ndarray, limits: Limits) -> int:
    """Return the most replicas: room over the highest demand seen, and no more than today's where bounded."""
    peak = float(np.nanmax(demand))
    room = max(math.ceil(peak * CEILING_ROOM - 1e-9), limits.least, 1)
    return min(room, max(limits.now, limits.least, 1)) if limits.bounded else room


def floor(demand: Series, limits: Limits, most: int) -> int:
    """Return the fewest replicas to hold at any time."""
    if not limits.floor:
        return min(limits.least, most)
    seen_a_day = len(demand.replicas) * demand.step_minutes >= WHOLE_DAY_MINUTES
    level = float(np.nanquantile(demand.replicas, ORDINARY if seen_a_day else ORDINARY_UNSEEN))
    return min(most, max(limits.least, math.ceil(level - 1e-9)))


def candidates(demand: Series, limits: Limits) -> Iterator[Judged]:
    """Replay every plan of the grid: each target with each wait, with one floor, or with floors by hour."""
    load = demand.replicas
    measured = max(1, int(np.isfinite(load).sum()))
    most = ceiling(load, limits)
    flat = Replicas(min=floor(demand, limits, most), max=most)
    plans = [flat, *(hourly_plans(demand, flat, limits.by_hour) if limits.floor else [])]
    bases = [(plan, floor_at(plan, demand)) for plan in plans]
    for target in limits.targets:
        want = wanted(load, target)
        for wait in WAITS:
            following = reactive(want, demand.step_minutes, wait, float(most))
            scaler = Autoscale(target_percent=target, scale_down_after_minutes=wait)
            for base, level in bases:
                held = np.minimum(np.maximum(following, level), most)
                with np.errstate(invalid="ignore"):
                    over = int((load > held + 1e-9).sum())
                plan = base.model_copy(update={"autoscale": scaler})
                yield Judged(plan, float(held.mean()), over / measured)


def choose(demand: Series, limits: Limits) -> tuple[Judged, list[Judged]]:
    """Return the cheapest plan inside the budget, and every plan that was weighed.

    Where none is inside, the one with the smallest violation is returned (the cheapest of those).
    """
    judged = list(candidates(demand, limits))
    samples = int(np.isfinite(demand.replicas).sum())
    allowed = allowance(samples, limits.budget)
    inside = [one for one in judged if one.violation <= allowed]
    if inside:
        return min(inside, key=lambda one: one.cost), judged
    return min(judged, key=lambda one: (one.violation, one.cost)), judged
