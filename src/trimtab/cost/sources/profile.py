"""Load by hour of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.sources.blocks import is_usable, load_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import ibis
    import pandas as pd


def machine_hours(table: ibis.Table, metrics: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """Return `subject, metric, hour, mean, peak, samples`; hour 0 is Monday 0 h UTC.

    Args:
        table: long samples.
        metrics: the metrics of each resource that are wanted.
    """
    wanted = sorted({metric for names in metrics.values() for metric in names})
    hours = hours_of(table, wanted).to_pandas()
    mine: pd.DataFrame = hours[hours["resource_id"].isin(metrics)].rename(columns={"resource_id": "subject"})
    mine = mine.sort_values(["subject", "metric", "hour"], ignore_index=True)
    return mine[["subject", "metric", "hour", "mean", "peak", "samples"]]


def hours_of(table: ibis.Table, wanted: Sequence[str]) -> ibis.Table:
    """Reduce the `wanted` metrics to `resource_id, metric, hour, mean, peak, samples`."""
    loads = table.select("resource_id", "metric", "ts", load=load_of(table))
    usable = loads.filter(loads.metric.isin(wanted) & is_usable(loads))
    hour = usable.ts.day_of_week.index().cast("int16") * 24 + usable.ts.hour().cast("int16")
    hourly = usable.group_by("resource_id", "metric", hour=hour)
    return hourly.aggregate(mean=usable.load.mean(), peak=usable.load.max(), samples=usable.count())
