"""Units that ran at each moment: a fleet's utilisation is of those, not of the most that there may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.kinds import KINDS, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.model import Resource

_PERCENT = 100
_LEAST_MOMENTS = 100
"""As many samples as any advice asks for."""
TOTAL, PER_UNIT = "in_service_total", "in_service_per_unit"


def tells(resource: Resource) -> bool:
    """Whether CloudWatch can be asked how many units of it ran."""
    kind = KINDS[resource.kind]
    return kind.shape is Shape.FLEET and kind.in_service is not None


def split_units(points: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part what was read into demand and units.

    Args:
        points: `resource_id, metric, ts, value`.

    Returns:
        The demand, in the same columns, and the units: `resource_id, ts, units`. Where the number is a ratio, a
        moment without any work tells nothing and is absent.
    """
    own = points["metric"].isin([TOTAL, PER_UNIT])
    wide = points[own].pivot_table(index=["resource_id", "ts"], columns="metric", values="value", aggfunc="max")
    wide = wide.reindex(columns=[TOTAL, PER_UNIT])
    units = wide[TOTAL].where(wide[PER_UNIT].isna(), wide[TOTAL] / wide[PER_UNIT])
    return points[~own], units.dropna().rename("units").reset_index()


def full_invocations(points: pd.DataFrame, period_seconds: int, resources: Sequence[Resource]) -> dict[str, float]:
    """Return how many invocations a minute keep one unit fully busy, by resource.

    All invocations of one unit over all its busy minutes: a sum over sums, so that quiet moments, of which most of the
    work is the unit's own idling, weigh little. What idling there is makes it too low, never too high. It is absent
    where too few moments had any work.

    Args:
        points: `resource_id, metric, ts, value`: utilisation in percent of what ran, invocations of one unit.
        period_seconds: what one invocation count is of.
        resources: the inventory.
    """
    found = {}
    for resource in resources:
        mine = points[points["resource_id"] == resource.resource_id]
        metrics = [demand.metric for demand in KINDS[resource.kind].demands if demand.full == _PERCENT]
        busy_by = next((metric for metric in metrics if (mine["metric"] == metric).any()), None)
        wide = mine.pivot_table(index="ts", columns="metric", values="value", aggfunc="max")
        if busy_by is None or PER_UNIT not in wide:
            continue
        working = wide[(wide[PER_UNIT] > 0) & (wide[busy_by] > 0)]
        if len(working) >= _LEAST_MOMENTS:
            minutes = period_seconds / 60 * working[busy_by].sum() / _PERCENT
            found[resource.resource_id] = float(working[PER_UNIT].sum() / minutes)
    return found


def of_declared(demand: pd.DataFrame, units: pd.DataFrame, resources: Sequence[Resource]) -> pd.DataFrame:
    """Turn utilisation of the units that ran into utilisation of all that there may be.

    A unit that did not run did no work: where none ran, the demand was zero, not unknown. Between two moments
    that told the number, the earlier one holds.

    Args:
        demand: `resource_id, metric, ts, value`, as a share of what ran.
        units: `resource_id, ts, units`.
        resources: the inventory, whose `count` is what the shares become shares of.
    """
    counts = {one.resource_id: max(one.count, 1) for one in resources if tells(one)}
    told = units[units["resource_id"].isin(counts)]
    if told.empty:
        return demand
    mine = demand[demand["resource_id"].isin(told["resource_id"].unique())]
    metrics = mine[["resource_id", "metric"]].drop_duplicates()
    moments = told.merge(metrics, on="resource_id").merge(mine, on=["resource_id", "metric", "ts"], how="outer")
    moments = moments.sort_values(["resource_id", "metric", "ts"])
    moments["units"] = moments.groupby(["resource_id", "metric"])["units"].transform(lambda one: one.ffill().bfill())
    share = moments["value"].where(moments["units"] > 0, 0.0) * moments["units"]
    moments["value"] = share / moments["resource_id"].map(counts)
    others = demand[~demand["resource_id"].isin(told["resource_id"].unique())]
    return pd.concat([others, moments[["resource_id", "metric", "ts", "value"]]], ignore_index=True).dropna()
