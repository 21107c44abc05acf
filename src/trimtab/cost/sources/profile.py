"""Load by hour of the week, derived from hourly rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.sources.blocks import is_usable, load_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import ibis
    import pandas as pd


def machine_hours(table: ibis.Table, metrics: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """Return `subject, metric, hour, mean, peak, samples`; hour 0 is Monday 0 h UTC.

    Args:
        table: long samples.
        metrics: the metrics of each resource that are wanted.
    """
    wanted = sorted({metric for names in metrics.values() for metric in names})
    loads = table.mutate(load=load_of(table))
    usable = loads.filter(loads.metric.isin(wanted) & is_usable(loads))
    hourly = (
        usable.group_by("resource_id", "metric", at=usable.ts.truncate("h"))
        .aggregate(total=usable.load.sum(), peak=usable.load.max(), samples=usable.count())
        .to_pandas()
    )
    mine = hourly[hourly["resource_id"].isin(metrics)]
    hour = mine["at"].dt.day_of_week * 24 + mine["at"].dt.hour
    rows = (
        mine.assign(hour=hour)
        .groupby(["resource_id", "metric", "hour"], as_index=False)
        .agg(total=("total", "sum"), peak=("peak", "max"), samples=("samples", "sum"))
    )
    rows["mean"] = rows["total"] / rows["samples"]
    result: pd.DataFrame = rows.rename(columns={"resource_id": "subject"})
    return result[["subject", "metric", "hour", "mean", "peak", "samples"]]
