"""Units that ran at each moment: a fleet's utilisation is of those, not of the most that there may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trimtab.cost.kinds import KINDS, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trimtab.cost.model import Resource

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
