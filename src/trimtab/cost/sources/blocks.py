"""The one pass over all samples: per resource, metric and day, every sample as its bin and moment.

`load` is a share of one full unit where the metric is a percentage, else the raw value. Broken samples get
bins of their own, so the same pass counts them. A sample leaves the engine as one whole number, and one list a day:
a hash table that groups by bin as well takes twice the time for as much output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from trimtab.cost.model.bins import LOWEST, PER_OCTAVE

if TYPE_CHECKING:
    import pyarrow as pa

NOT_A_NUMBER, INFINITE, NEGATIVE, NOISE, NO_TIME = 32_001, 32_002, 32_003, 32_004, 32_005
BROKEN = 32_000
"""Bins above it are not loads."""

# Sensors and rate computations undershoot zero by rounding; more than 1 % of full is another quantity.
NOISE_SHARE = -0.01

# A day's microseconds fit into 37 bits; the bin stands above them.
MOMENT_BITS = 37
DAY_SECONDS = 86_400
_SECOND = 1_000_000


def load_of(table: ibis.Table) -> ibis.Value:
    """Return the share of a full unit (percent metrics), or the raw value."""
    return table["value"] / ibis.ifelse(table.metric.endswith("_percent"), 100.0, 1.0)


def missing(value: ibis.Value) -> ibis.Value:
    """Return whether a value is null."""
    return value.isnull()


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
    ).cast("int64")


def day_of(ts: ibis.Value) -> ibis.Value:
    """Return whole days since 1970 (UTC), -1 where a sample has no time."""
    return ibis.coalesce((ts.epoch_seconds() / DAY_SECONDS).floor().cast("int32"), -1)


def days(table: ibis.Table) -> pa.Table:
    """Reduce samples to `resource_id, metric, day, total, samples`.

    `total` is the sum of the day's loads (broken ones without); `samples` has one number a sample: the bin,
    `MOMENT_BITS` up, and the microseconds since the day began.
    """
    loads = table.select("resource_id", "metric", "ts", load=load_of(table), day=day_of(table.ts))
    into = (loads.ts.epoch_seconds().floor().cast("int64") - loads.day.cast("int64") * DAY_SECONDS) * _SECOND
    moment = ibis.coalesce(into + (loads.ts.microsecond() % _SECOND).cast("int64"), 0)
    packed = loads.mutate(
        sample=_bin(loads.load, loads.ts) * 2**MOMENT_BITS + moment,
        kept=ibis.ifelse(is_usable(loads), ibis.greatest(loads.load, 0.0), ibis.null("float64")),
    )
    grouped = packed.group_by("resource_id", "metric", "day")
    return grouped.aggregate(total=packed.kept.sum(), samples=packed["sample"].collect()).to_pyarrow()
