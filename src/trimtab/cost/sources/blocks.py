"""The one pass over all samples: per resource, metric and day, a histogram of load.

`load` is a share of one full unit where the metric is a percentage, else the raw value. Broken samples get
bins of their own, so the same pass counts them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from trimtab.cost.model.bins import LOWEST, PER_OCTAVE

if TYPE_CHECKING:
    import pandas as pd

NOT_A_NUMBER, INFINITE, NEGATIVE, NOISE, NO_TIME = 32_001, 32_002, 32_003, 32_004, 32_005
BROKEN = 32_000
"""Bins above it are not loads."""

# Sensors and rate computations undershoot zero by rounding; more than 1 % of full is another quantity.
NOISE_SHARE = -0.01


def load_of(table: ibis.Table) -> ibis.Value:
    """Return the share of a full unit (percent metrics), or the raw value."""
    return table["value"] / ibis.ifelse(table.metric.endswith("_percent"), 100.0, 1.0)


def missing(value: ibis.Value) -> ibis.Value:
    """Return whether a value is null."""
    return value.isnull()  # noqa: PD003  # Ibis knows no isna


def is_usable(table: ibis.Table) -> ibis.Value:
    """Return whether a row with `ts` and `load` is a load at a moment; a little below zero is (it is read as 0)."""
    broken = missing(table.load) | table.load.isnan() | table.load.isinf()
    return ~(broken | missing(table.ts)) & (table.load >= NOISE_SHARE)


def _bin(load: ibis.Value, ts: ibis.Value) -> ibis.Value:
    floor = 2.0 ** (LOWEST / PER_OCTAVE)
    inside = (ibis.greatest(load, floor).log2() * PER_OCTAVE).ceil()
    return ibis.cases(
        (missing(ts), NO_TIME),
        (missing(load) | load.isnan(), NOT_A_NUMBER),
        (load.isinf(), INFINITE),
        (load < NOISE_SHARE, NEGATIVE),
        (load < 0, NOISE),
        else_=inside,
    ).cast("int16")


def blocks(table: ibis.Table) -> pd.DataFrame:
    """Reduce samples to `resource_id, metric, day, bin, n, total, first, last`.

    `day` is whole days since 1970 (UTC), -1 where a sample has no time; `total` is the sum of the bin's
    loads; `first` and `last` are the times of its samples on that day.
    """
    binned = table.select(
        "resource_id",
        "metric",
        "ts",
        day=ibis.coalesce((table.ts.epoch_seconds() / 86_400).floor().cast("int32"), -1),
        bin=_bin(load_of(table), table.ts),
        load=load_of(table),
    )
    frame: pd.DataFrame = (
        binned.group_by("resource_id", "metric", "day", "bin")
        .aggregate(n=binned.count(), total=binned.load.sum(), first=binned.ts.min(), last=binned.ts.max())
        .to_pandas()
    )
    # Names as categories: everything after this compares their codes.
    frame = frame.astype({"resource_id": "category", "metric": "category"})
    return frame.sort_values(["resource_id", "metric", "day", "bin"], ignore_index=True)
