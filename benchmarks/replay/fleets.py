"""Fleets: the plan of the first part judged on the second, beside the best plain autoscaler in hindsight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.model import Autoscale, Replicas, Resource
from trimtab.cost.model.reduced import Series
from trimtab.cost.sizing.budgets import FLEET_BUDGET
from trimtab.cost.sizing.fleet import Limits
from trimtab.cost.sizing.plan import capacity, over
from trimtab.cost.sizing.strategies import STRATEGIES
from trimtab.cost.sources.engine import connect
from trimtab.cost.sources.files import UsageFile
from trimtab.cost.sources.measure import measure

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.replay.sources import FleetSet

BUDGET = FLEET_BUDGET["standard"]
# The plain autoscalers that hindsight chooses from: target 40 to 80 %, 30 to 360 minutes before scaling down.
HINDSIGHT = [(target, wait) for target in range(40, 81, 5) for wait in (30, 45, 60, 90, 120, 180, 240, 300, 360)]


@dataclass(frozen=True)
class Row:
    """One strategy on one fleet: saving against all replicas all the time, share of samples over capacity."""

    strategy: str
    plan: Replicas
    saving: float
    violation: float


def load(path: Path, one: FleetSet, part: float) -> tuple[Series, int]:
    """Return a fleet's demand, and the replicas that are paid for."""
    connection = connect()
    rows = connection.raw_sql(
        f"SELECT DISTINCT resource_id FROM '{path}' WHERE metric = '{one.metric}' "  # noqa: S608  # names of ours
        f"AND starts_with(resource_id, '{one.prefix}') ORDER BY 1"
    ).fetchall()
    resources = [Resource(resource_id=row[0], kind="gpu-replica", fleet="fleet") for row in rows]
    series = measure(UsageFile(connection, path).samples(resources, None), resources).fleets["fleet"]
    if not one.replicas:
        return series, len(resources)
    load_ = series.replicas
    seen = load_[: int(len(load_) * part)]
    return (
        Series(series.start, series.step_minutes, load_ / np.nanmax(seen) * 0.8 * one.replicas, one.metric),
        one.replicas,
    )


def judge(demand: Series, replicas: int, part: float) -> list[Row]:
    """Judge every strategy's plan, and the best plain autoscaler in hindsight, on the rest of the series."""
    cut = int(len(demand.replicas) * part)
    limits = Limits(now=replicas, least=1, bounded=demand.bounded, budget=BUDGET)
    past = demand.part(0, cut)
    rows = [
        _row(name, strategy.fleet(past, limits)[0].plan, demand, cut, replicas) for name, strategy in STRATEGIES.items()
    ]
    plain = [
        Replicas(min=1, max=2 * replicas, autoscale=Autoscale(target_percent=target, scale_down_after_minutes=wait))
        for target, wait in HINDSIGHT
    ]
    known = [_row("hindsight", plan, demand, cut, replicas) for plan in plain]
    kept = [row for row in known if row.violation <= BUDGET]
    best = max(kept, key=lambda row: row.saving) if kept else min(known, key=lambda row: row.violation)
    return [*rows, best]


def _row(name: str, plan: Replicas, demand: Series, cut: int, replicas: int) -> Row:
    held = capacity(plan, demand)[cut:]
    rest = demand.part(cut, len(demand.replicas))
    measured = max(1, int(np.isfinite(rest.replicas).sum()))
    return Row(name, plan, 1 - float(held.mean()) / replicas, float(over(rest, held).sum()) / measured)
