"""What the machines of one service class showed, gathered for all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.model import HourOfWeek, Utilisation
from trimtab.cost.model.bins import upper_edge
from trimtab.cost.sizing.bounded import Bounded
from trimtab.cost.sizing.machine import RECENT_DAYS, RUNG_BINS, RUNGS, rung_of, walk_forward, worst
from trimtab.cost.sizing.past import Judged, pasts
from trimtab.cost.sizing.quantiles import merged, quantile, share_over
from trimtab.cost.sizing.window import Window

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trimtab.cost.model.daily import Daily
    from trimtab.cost.model.reduced import Group, Reduced
    from trimtab.cost.sizing.machine import Need
    from trimtab.cost.sizing.past import Past

# Half of the smallest rung: a load that stays below it gets that rung, wherever it moves.
LEAST_MOVED = RUNGS[-1] / 2

_P95 = 0.95

Hours = dict[str, tuple[HourOfWeek, ...]]
"""Load by hour of the week, by a resource's name."""


@dataclass(frozen=True)
class Summary:
    """One machine's binding metric in figures; times in seconds since 1970, loads as shares of capacity."""

    metric: str
    samples: int
    mean: float
    p95: float
    peak: float
    peak_at: float
    first: float
    last: float
    step_seconds: float


@dataclass(frozen=True)
class Fold:
    """One moment of the walk forward: what would have been advised, and the share of later samples over it."""

    rung: float
    violation: float


@dataclass(frozen=True)
class Facts:
    """By a resource's number: summary, share of samples over each rung, need, rung, walk forward, and past.

    `allowed` is the share over its rung that a history of less than a week might show; the budget where absent.
    """

    summary: dict[int, Summary]
    over: dict[int, list[float]]
    need: dict[int, float]
    rung: dict[int, float]
    forward: dict[int, list[Fold]]
    past: dict[int, Past]
    allowed: dict[int, float]


def gather(daily: Daily, need: Need, budget: float) -> Facts:
    """Judge every machine of one budget.

    Args:
        daily: their samples.
        need: the strategy's estimator.
        budget: share of samples that may lie over the capacity.
    """
    past = Window.of(daily)
    needs = need(past, budget)
    owners = pd.Series(past.resources, index=past.keys)
    binding = needs.groupby(owners).idxmax()
    whole = merged(past)
    over = share_over(whole, RUNG_BINS).groupby(owners).max()
    rungs, highest = worst(past, rung_of(needs)), worst(past, needs)
    p95 = quantile(whole, _P95)
    return Facts(
        summary=summaries(daily.days[daily.days["key"].isin(binding)], p95),
        over=dict(zip(over.index.tolist(), over.to_numpy(dtype=float).tolist(), strict=True)),
        need=dict(zip(highest.index.tolist(), highest.tolist(), strict=True)),
        rung=dict(zip(rungs.index.tolist(), rungs.tolist(), strict=True)),
        forward=_folds(walk_forward(past, need, budget)),
        past=pasts(daily.days, LEAST_MOVED),
        allowed=_allowed(past, need, budget, rungs),
    )


def _allowed(past: Window, need: Need, budget: float, rungs: pd.Series) -> dict[int, float]:
    """Return what short histories leave of the budget; only trimtab's own estimator asks for less than all of it."""
    first, last = past.lives()
    short = past.only((last - first <= RECENT_DAYS) & (past.sizes > 0))
    if not isinstance(need, Bounded) or not len(short.keys):
        return {}
    left = need.allowed(short, budget, rungs)
    return dict(zip(left.index.tolist(), left.tolist(), strict=True))


def _folds(forward: pd.DataFrame) -> dict[int, list[Fold]]:
    folds: dict[int, list[Fold]] = {}
    columns = (forward[name].tolist() for name in ("resource", "rung", "violation"))
    for resource, rung, violation in zip(*columns, strict=True):
        folds.setdefault(resource, []).append(Fold(rung, violation))
    return folds


def judged_of(facts: Facts, code: int, earliest: float) -> Judged:
    """Return what is about to be advised for one machine; `earliest` is the run's first sample, in seconds."""
    life, rung = facts.summary[code], facts.rung[code]
    return Judged(
        need=facts.need[code],
        size=rung,
        smaller=rung < RUNGS[0],
        first=life.first,
        last=life.last,
        earliest=earliest,
    )


def _seconds(times: pd.Series) -> pd.Series:
    return times.astype("datetime64[us]").astype("int64") / 1e6


def summaries(days: pd.DataFrame, p95: pd.Series) -> dict[int, Summary]:
    """Return by a resource's number what its only key showed.

    Args:
        days: rows `resource, metric, key, day, n, total, first, last, peak_bin, peak_at` of one key a resource.
        p95: by key.
    """
    frame = days.assign(**{name: _seconds(days[name]) for name in ("first", "last", "peak_at")})
    named = frame.drop_duplicates("key").set_index("key").sort_index()
    per_key = frame.groupby("key").agg(
        samples=("n", "sum"),
        total=("total", "sum"),
        first=("first", "min"),
        last=("last", "max"),
        top=("peak_bin", "max"),
    )
    per_key["p95"] = p95
    per_key["step"] = _steps(frame)
    highest = frame[frame["peak_bin"] == frame["key"].map(per_key["top"])]
    per_key["peak_at"] = highest.groupby("key")["peak_at"].max()
    rows = zip(
        named["resource"].tolist(),
        named["metric"].tolist(),
        per_key["samples"].tolist(),
        (per_key["total"] / per_key["samples"]).tolist(),
        per_key["p95"].tolist(),
        upper_edge(per_key["top"].to_numpy()).tolist(),
        per_key["peak_at"].tolist(),
        per_key["first"].tolist(),
        per_key["last"].tolist(),
        per_key["step"].tolist(),
        strict=True,
    )
    return {resource: Summary(*figures) for resource, *figures in rows}


def _steps(days: pd.DataFrame) -> pd.Series:
    """Return each key's usual distance of two samples within a day, in seconds."""
    step = ((days["last"] - days["first"]) / (days["n"] - 1)).where(days["n"] > 1)
    # A machine with one sample a day at most is judged as if it reported daily.
    return step.groupby(days["key"]).median().fillna(86_400.0)


def hours_of(daily: Daily, codes: Mapping[str, int], summary: Mapping[int, Summary]) -> Hours:
    """Return each resource's load by hour of the week, of its binding metric; empty where not reduced to it."""
    if daily.hours.empty:
        return {}
    rows = daily.hours
    binding = {name: summary[codes[name]].metric for name in rows["subject"].unique() if codes[name] in summary}
    found: dict[str, list[HourOfWeek]] = {}
    own = rows[rows["metric"] == rows["subject"].map(binding)]
    columns = (own[column].tolist() for column in ("subject", "hour", "mean", "peak", "samples"))
    for name, hour, mean, peak, samples in zip(*columns, strict=True):
        found.setdefault(name, []).append(HourOfWeek(hour=hour, mean=mean, peak=peak, samples=samples))
    return {name: tuple(hours) for name, hours in found.items()}


def usage_of(
    group: Group, found: Summary, reduced: Reduced, *, hours: tuple[HourOfWeek, ...], unit: str, capacity: float
) -> Utilisation:
    """Return the measured load of one machine or container, in `unit`, of which it has `capacity`."""
    expected = (found.last - found.first) / max(found.step_seconds, 1e-9) + 1
    return Utilisation(
        subject=group.subject,
        members=group.members,
        metric=found.metric,
        unit=unit,
        capacity=capacity,
        first=datetime.fromtimestamp(found.first, tz=UTC),
        last=datetime.fromtimestamp(found.last, tz=UTC),
        samples=found.samples,
        step_minutes=found.step_seconds / 60,
        coverage=min(1.0, found.samples / expected),
        mean=found.mean,
        p95=found.p95,
        peak=found.peak,
        peak_at=datetime.fromtimestamp(found.peak_at, tz=UTC),
        hours=hours,
        defects=reduced.by_resource.get(group.lead.resource_id, ()),
    )
