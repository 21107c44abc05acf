"""The demand of fleets: what their members did together, on a regular grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.kinds import KINDS
from trimtab.cost.model.reduced import Group, Series
from trimtab.cost.sources.defects import metric_scale
from trimtab.cost.sources.demand import fleet_demand

if TYPE_CHECKING:
    import ibis

    from trimtab.cost.kinds import Demand
    from trimtab.cost.model import Resource


def step_seconds(days: pd.DataFrame) -> pd.DataFrame:
    """Return `resource_id, metric, step_seconds, samples`: the usual distance of two samples within a day."""
    span = (days["last"] - days["first"]).dt.total_seconds()
    marked = days.assign(step=(span / (days["n"] - 1)).where(days["n"] > 1))
    named = marked.groupby(["resource_id", "metric"], observed=True)
    return named.agg(step_seconds=("step", "median"), samples=("n", "sum")).reset_index()


def fleet_series(table: ibis.Table, days: pd.DataFrame, fleets: list[Group]) -> dict[str, Series]:
    """Return each fleet's demand, by its subject's name; fleets without samples are absent.

    Args:
        table: long samples, without duplicates.
        days: `resource_id, metric, day, n, first, last` of their members.
        fleets: whose demand is asked for.
    """
    if not fleets:
        return {}
    steps = step_seconds(days)
    measured = {str(metric): set(rows["resource_id"]) for metric, rows in steps.groupby("metric", observed=True)}
    plan_rows, chosen = [], {}
    for group in fleets:
        demand = _metric(group, measured)
        if demand is None:
            continue
        chosen[group.subject.name] = (group, demand)
        plan_rows += [
            {
                "resource_id": member.resource_id,
                "metric": demand.metric,
                "fleet": group.subject.name,
                "weight": _weight(member, demand),
                "ceiling": demand.ceiling / metric_scale(demand.metric),
            }
            for member in group.members
        ]
    if not chosen:
        return {}
    plan = pd.DataFrame(plan_rows)
    own = steps.merge(plan, on=["resource_id", "metric"]).groupby("fleet")
    rhythm = own.agg(step_seconds=("step_seconds", "median"), samples=("samples", "max")).reset_index()
    rhythm["step_seconds"] = rhythm["step_seconds"].fillna(60.0)
    totals = fleet_demand(table, plan, rhythm)
    return {str(name): _series(frame, *chosen[str(name)]) for name, frame in totals.groupby("fleet")}


def _metric(group: Group, measured: dict[str, set[str]]) -> Demand | None:
    members = {member.resource_id for member in group.members}
    return next(
        (demand for demand in KINDS[group.lead.kind].demands if members & measured.get(demand.metric, set())),
        None,
    )


def _weight(member: Resource, demand: Demand) -> float:
    if demand.full is not None:
        return float(max(member.count, 1))
    return 1.0 / member.unit_capacity if member.unit_capacity else 1.0


def _series(frame: pd.DataFrame, group: Group, demand: Demand) -> Series:
    """Lay moments on a regular grid; the higher of two that fall together is kept."""
    seconds = frame["ts"].astype("datetime64[us]").astype("int64").to_numpy() / 1e6
    step = float(np.median(np.diff(seconds))) if len(seconds) > 1 else 60.0
    place = np.round((seconds - seconds[0]) / step).astype(int)
    grid = np.full(place[-1] + 1, np.nan)
    np.fmax.at(grid, place, frame["demand"].to_numpy(dtype=float))
    proven = demand.full is None and not all(member.unit_capacity for member in group.members)
    peak = float(np.nanmax(grid))
    if proven and peak > 0:
        grid = grid / peak * group.units
    bounded = demand.saturates
    return Series(float(seconds[0]), step / 60, grid, demand.metric, bounded, proven)
