"""What each resource's past showed beside its load: moves, a beginning, metrics that ended; all resources at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.model import AbstentionCode
from trimtab.cost.sizing.moves import MOVED, daily_levels, moves

if TYPE_CHECKING:
    import pandas as pd

    from trimtab.cost.model import Utilisation
    from trimtab.cost.sizing.moves import Moved

# As many days as a whole history must have: a new level is like a new machine.
NEW_LEVEL_DAYS = 3

# A deployment has shown each weekday after a week; one that began within a day of the run's first sample may well
# have been there before.
FRESH_DAYS, BEGAN_DAYS = 7.0, 1.0

# Metrics are late by minutes and agents are restarted in hours; a day without one sample is no accident.
STOPPED_DAYS = 1.0
_DAY = 86_400.0


@dataclass(frozen=True)
class Past:
    """One resource.

    Attributes:
        moved: what the daily mean of `metric` did; None: nothing worth a word.
        ramp: mean of its last whole day over that of its first; None: too short to say.
        ended: metrics whose last sample is a day or more older than that of another: name → seconds since 1970.
        metrics: what was measured.
    """

    moved: Moved | None
    metric: str
    ramp: float | None
    ended: dict[str, float]
    metrics: frozenset[str]


def pasts(blocks: pd.DataFrame, least: float) -> dict[int, Past]:
    """Gather the past of each resource, by its number.

    Args:
        blocks: rows `resource, metric, key, day, n, total, last`.
        least: level below which a move changes no advice.
    """
    levels = daily_levels(blocks)
    moved = {key: one for key, one in moves(levels).items() if max(one.before, one.after) >= least}
    ramps = _ramps(levels)
    ends = blocks.groupby(["resource", "metric", "key"], observed=True)["last"].max().reset_index()
    ends["last"] = ends["last"].astype("datetime64[us]").astype("int64") / 1e6
    rows: dict[int, list[tuple[str, int, float]]] = {}
    columns = (ends[name].tolist() for name in ("resource", "metric", "key", "last"))
    for resource, metric, key, last in zip(*columns, strict=True):
        rows.setdefault(resource, []).append((metric, key, last))
    return {resource: _past(measured, moved, ramps) for resource, measured in rows.items()}


def _past(measured: list[tuple[str, int, float]], moved: dict[int, Moved], ramps: dict[int, float]) -> Past:
    """Join the metrics of one resource: (name, key, last sample) each.

    Of several moves the one counts that asks for more: upward before downward, then the newer.
    """
    own = [(moved[key], metric) for metric, key, _ in measured if key in moved]
    graver, metric = max(own, key=lambda one: (one[0].up, one[0].day), default=(None, ""))
    newest = max(last for _, _, last in measured)
    return Past(
        moved=graver,
        metric=metric,
        ramp=max((ramps[key] for _, key, _ in measured if key in ramps), default=None),
        ended={name: last for name, _, last in measured if newest - last > STOPPED_DAYS * _DAY},
        metrics=frozenset(name for name, _, _ in measured),
    )


def _ramps(levels: pd.DataFrame) -> dict[int, float]:
    """Return the mean of each key's last whole day over that of its first."""
    values = levels.to_numpy(dtype=float)
    there = np.isfinite(values)
    several = there.sum(axis=1) > 1
    rows = np.arange(len(values))
    first = values[rows, there.argmax(axis=1)] if values.size else np.empty(0)
    last = values[rows, values.shape[1] - 1 - there[:, ::-1].argmax(axis=1)] if values.size else np.empty(0)
    keys = levels.index.tolist()
    return {int(keys[row]): float(last[row] / first[row]) for row in np.flatnonzero(several) if first[row] > 0}


def is_fresh(first: float, last: float, earliest: float) -> bool:
    """Whether a resource began within the run's window and has not yet been seen for a week; all in seconds."""
    return last - first < FRESH_DAYS * _DAY and first > earliest + BEGAN_DAYS * _DAY


@dataclass(frozen=True)
class Judged:
    """What is about to be advised.

    Attributes:
        need: what the strategy asks for, in the unit of `size`.
        size: what would be advised.
        smaller: whether that is less than what is there now.
        first: first sample of the resource, in seconds since 1970.
        last: its last one, likewise.
        earliest: first sample of the run, likewise.
    """

    need: float
    size: float
    smaller: bool
    first: float
    last: float
    earliest: float


def unsettled(past: Past, judged: Judged) -> tuple[AbstentionCode, str] | None:
    """Return why nothing smaller may be advised on this past, or None."""
    if not judged.smaller:
        return None
    if is_fresh(judged.first, judged.last, judged.earliest) and past.ramp is not None and past.ramp >= MOVED:
        reason = (
            f"it began on {_day(judged.first)}, and its last day's mean is {past.ramp:.1f} times its first day's: "
            "it is still taking up its load"
        )
        return AbstentionCode.FRESH_DEPLOYMENT, reason
    moved = past.moved
    if moved is None or not moved.up:
        return None
    if moved.what == "level-shift" and moved.days < NEW_LEVEL_DAYS:
        reason = f"{_said(past, moved)}; {moved.days} days of the new level, at least {NEW_LEVEL_DAYS} are needed"
        return AbstentionCode.LEVEL_SHIFT, reason
    if moved.what == "trend" and judged.need <= judged.size < judged.need * (1 + moved.weekly):
        return AbstentionCode.TREND, f"{_said(past, moved)}; what would be advised now is outgrown within a week"
    return None


def _day(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%d}"


def past_cautions(
    past: Past, usage: Utilisation, earliest: float, now: float, wanted: frozenset[str]
) -> tuple[str, ...]:
    """Return what the past asks a reader to bear in mind, each beginning with its name.

    Args:
        past: what it showed.
        usage: the load that was judged.
        earliest: first sample of the run, in seconds since 1970.
        now: end of the run, likewise.
        wanted: metrics that all must fit; those that were not measured are named.
    """
    found = [_said(past, past.moved)] if past.moved else []
    if is_fresh(usage.first.timestamp(), usage.last.timestamp(), earliest):
        days = (usage.last - usage.first).total_seconds() / _DAY
        found.append(f"fresh-deployment: it began on {usage.first:%Y-%m-%d}, {days:.1f} days before its last sample")
    for metric, last in sorted(past.ended.items()):
        found.append(f"metric-stopped: {metric} ends on {datetime.fromtimestamp(last, tz=UTC):%Y-%m-%d %H:%M} UTC")
    late = (now - usage.last.timestamp()) / _DAY
    if late > STOPPED_DAYS:
        found.append(f"metric-stopped: its last sample is {late:.1f} days old")
    missing = sorted(wanted - past.metrics)
    if missing:
        found.append(f"not-measured: {', '.join(missing)}: the size is right for what was measured only")
    return tuple(found)


def _said(past: Past, moved: Moved) -> str:
    def written(level: float) -> str:
        return f"{level:.1%}" if past.metric.endswith("_percent") else f"{level:.4g}"

    return f"{moved.said(written)} ({past.metric})"
