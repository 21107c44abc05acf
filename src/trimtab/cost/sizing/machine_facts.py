"""What the machines of one service class showed, gathered for all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from trimtab.cost.model import HourOfWeek, Utilisation
from trimtab.cost.model.bins import upper_edge
from trimtab.cost.sizing.machine import RUNG_BINS, RUNGS, rung_of, walk_forward
from trimtab.cost.sizing.past import Judged, pasts
from trimtab.cost.sizing.quantiles import merged, quantile, share_over

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from trimtab.cost.model.reduced import Group, Reduced
    from trimtab.cost.sizing.machine import Need
    from trimtab.cost.sizing.past import Past

# Half of the smallest rung: a load that stays below it gets that rung, wherever it moves.
LEAST_MOVED = RUNGS[-1] / 2


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
class Facts:
    """By a resource's number: summary, share of samples over each rung, need, rung, walk forward, and past."""

    summary: dict[int, Summary]
    over: dict[int, list[float]]
    need: dict[int, float]
    rung: dict[int, float]
    forward: dict[int, pd.DataFrame]
    past: dict[int, Past]


def gather(blocks: pd.DataFrame, need: Need, budget: float) -> Facts:
    """Judge every machine of one budget.

    Args:
        blocks: rows `resource, metric, key, day, bin, n, total, first, last`.
        need: the strategy's estimator.
        budget: share of samples that may lie over the capacity.
    """
    needs = need(blocks, budget)
    owner = blocks.drop_duplicates("key").set_index("key")["resource"]
    owners = owner.reindex(needs.index)
    binding = needs.groupby(owners).idxmax()
    every = share_over(merged(blocks), RUNG_BINS)
    over = every.groupby(owner.reindex(every.index)).max()
    rungs = rung_of(needs).groupby(owners).max()
    highest = needs.groupby(owners).max()
    forward = walk_forward(blocks, need, budget)
    return Facts(
        summary=summaries(blocks[blocks["key"].isin(binding.to_numpy())]),
        over=dict(zip(over.index.tolist(), over.to_numpy(dtype=float).tolist(), strict=True)),
        need=dict(zip(highest.index.tolist(), highest.tolist(), strict=True)),
        rung=dict(zip(rungs.index.tolist(), rungs.tolist(), strict=True)),
        forward={rows["resource"].iloc[0]: rows for _, rows in forward.groupby("resource")},
        past=pasts(blocks, LEAST_MOVED),
    )


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


def summaries(bound: pd.DataFrame) -> dict[int, Summary]:
    """Return by a resource's number what its only key showed.

    Args:
        bound: blocks of one key a resource.
    """
    frame = bound.assign(first=_seconds(bound["first"]), last=_seconds(bound["last"]))
    named = bound.drop_duplicates("key").set_index("key").sort_index()
    per_key = frame.groupby("key").agg(
        samples=("n", "sum"),
        total=("total", "sum"),
        first=("first", "min"),
        last=("last", "max"),
        top=("bin", "max"),
    )
    per_key["p95"] = quantile(merged(frame), 0.95)
    per_key["step"] = _steps(frame)
    highest = frame[frame["bin"] == frame["key"].map(per_key["top"])]
    per_key["peak_at"] = highest.groupby("key")["last"].max()
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


def _steps(frame: pd.DataFrame) -> pd.Series:
    """Return each key's usual distance of two samples within a day, in seconds."""
    days = frame.groupby(["key", "day"]).agg(n=("n", "sum"), first=("first", "min"), last=("last", "max"))
    step = ((days["last"] - days["first"]) / (days["n"] - 1)).where(days["n"] > 1)
    # A machine with one sample a day at most is judged as if it reported daily.
    return step.groupby(level=0).median().fillna(86_400.0)


def hours_of(reduced: Reduced, summary: Mapping[int, Summary]) -> dict[str, tuple[HourOfWeek, ...]]:
    """Return each resource's load by hour of the week, of its binding metric; empty where not reduced to it."""
    if reduced.hours.empty:
        return {}
    binding = {name: summary[code].metric for name, code in reduced.codes.items() if code in summary}
    rows = reduced.hours[reduced.hours["metric"] == reduced.hours["subject"].map(binding)]
    columns = ["hour", "mean", "peak", "samples"]
    return {
        str(name): tuple(
            HourOfWeek(hour=hour, mean=mean, peak=peak, samples=samples)
            for hour, mean, peak, samples in zip(*(frame[column].tolist() for column in columns), strict=True)
        )
        for name, frame in rows.groupby("subject")
    }


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
