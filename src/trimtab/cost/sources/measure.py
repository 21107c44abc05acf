"""From raw samples to what sizing needs: one pass for all, a second one for fleets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.kinds import KINDS, Shape, groups
from trimtab.cost.model.reduced import Group, Reduced, Series
from trimtab.cost.sources.blocks import blocks
from trimtab.cost.sources.clock import in_time
from trimtab.cost.sources.defects import clip_impossible, metric_scale, split_broken, unknown
from trimtab.cost.sources.demand import fleet_demand
from trimtab.cost.sources.duplicates import without_duplicates
from trimtab.cost.sources.profile import machine_hours
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis

    from trimtab.cost.kinds import Demand
    from trimtab.cost.model import Resource
    from trimtab.cost.sources.port import Samples

_BLOCK_COLUMNS = ["resource", "metric", "key", "day", "bin", "n", "total", "first", "last"]


def measure(samples: Samples, resources: Sequence[Resource], *, profile: bool = False) -> Reduced:
    """Reduce the samples of an inventory.

    Args:
        samples: raw samples, already cut at the run's end.
        resources: the inventory.
        profile: also reduce to hours of the week (a third pass).

    Raises:
        UserError: no sample is left, or a metric is in another unit.
    """
    table, duplicates = without_duplicates(samples.table)
    everything = blocks(table)
    if everything.empty:
        raise UserError(
            f"usage {samples.origin}: holds no samples before the asked time",
            remedy="name a later --until, or a file that reaches further back.",
        )
    table, everything, jumped = in_time(table, everything)
    clipped, impossible = clip_impossible(everything, resources)
    usable, by_resource, broken = split_broken(clipped)
    gathered = groups(resources)
    fleets = _fleets(table, usable, [group for group in gathered if _is_fleet(group)])
    machine_metrics = {
        group.lead.resource_id: {demand.metric for demand in KINDS[group.lead.kind].demands}
        for group in gathered
        if not _is_fleet(group)
    }
    machines = _machines(usable, machine_metrics)
    defects = [
        *samples.defects,
        *([duplicates] if duplicates else []),
        *jumped,
        *impossible,
        *broken,
        *unknown(everything, resources),
    ]
    newest, earliest = usable["last"].max(), usable["first"].min()
    return Reduced(
        blocks=machines,
        codes={str(name): code for code, name in enumerate(everything["resource_id"].cat.categories)},
        fleets=fleets,
        hours=machine_hours(table, machine_metrics) if profile and machine_metrics else pd.DataFrame(),
        newest=float(newest.timestamp()) if pd.notna(newest) else 0.0,
        earliest=float(earliest.timestamp()) if pd.notna(earliest) else 0.0,
        defects=tuple(defects),
        by_resource=by_resource,
    )


def _is_fleet(group: Group) -> bool:
    return KINDS[group.lead.kind].shape is Shape.FLEET


def _machines(usable: pd.DataFrame, metrics: dict[str, set[str]]) -> pd.DataFrame:
    sized = {metric for names in metrics.values() for metric in names}
    mine = usable[usable["resource_id"].isin(metrics) & usable["metric"].isin(sized)]
    resource = mine["resource_id"].cat.codes.to_numpy(dtype="int64")
    metric = mine["metric"].cat.codes.to_numpy(dtype="int64")
    keyed = mine.assign(resource=resource, key=resource * len(mine["metric"].cat.categories) + metric)
    return keyed[_BLOCK_COLUMNS]


def step_seconds(usable: pd.DataFrame) -> pd.DataFrame:
    """Return `resource_id, metric, step_seconds, samples`: the usual distance of two samples within a day."""
    days = usable.groupby(["resource_id", "metric", "day"], observed=True).agg(
        n=("n", "sum"), first=("first", "min"), last=("last", "max")
    )
    span = (days["last"] - days["first"]).dt.total_seconds()
    days["step"] = (span / (days["n"] - 1)).where(days["n"] > 1)
    result = days.groupby(level=[0, 1], observed=True).agg(step_seconds=("step", "median"), samples=("n", "sum"))
    return result.reset_index()


def _fleets(table: ibis.Table, usable: pd.DataFrame, fleets: list[Group]) -> dict[str, Series]:
    if not fleets:
        return {}
    steps = step_seconds(usable)
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
