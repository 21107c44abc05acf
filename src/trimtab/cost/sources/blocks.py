"""The one pass over all samples: per resource, metric and day, every sample as its bin and second.

`load` is a share of one full unit where the metric is a percentage, else the raw value. Broken samples get
bins of their own, so the same pass counts them. A sample leaves the engine as one number of four bytes, and one list a
day: a hash table that groups by bin as well takes two to three times the time for as much output.
"""

from __future__ import annotations

import math
import sys

import ibis

from trimtab.cost.model.bins import LOWEST, PER_OCTAVE

NOT_A_NUMBER, INFINITE, NEGATIVE, NOISE, NO_TIME = 16_001, 16_002, 16_003, 16_004, 16_005
BROKEN = 16_000
"""Bins above it are not loads; the highest that four bytes hold beside the second is 16,383."""

# Sensors and rate computations undershoot zero by rounding; more than 1 % of full is another quantity.
NOISE_SHARE = -0.01

# Far above any quantity that is measured (2^64 bytes a second), far below what a float holds. Above it bins are kept
# apart from those of broken samples.
_HUGE = 2.0**64
_HIGHEST = 2.0 ** (BROKEN / PER_OCTAVE - 1)

# Logarithms are right to about 1e-13; two loads that differ by a part in a billion are the same load.
_ROUNDING = 1e-9

# A day's seconds fit into 17 bits; the bin stands above them.
SECOND_BITS = 17
DAY_SECONDS = 86_400


def load_of(table: ibis.Table) -> ibis.Value:
    """Return the share of a full unit (percent metrics), or the raw value."""
    return table["value"] / ibis.ifelse(table.metric.endswith("_percent"), 100.0, 1.0)


def missing(value: ibis.Value) -> ibis.Value:
    """Return whether a value is null."""
    return value.isnull()


def _infinite(load: ibis.Value) -> ibis.Value:
    # Not `isinf`: Ibis's form of it for Spark misses an infinity that arithmetic made. Not-a-number passes too.
    return load.abs() > sys.float_info.max


def is_usable(table: ibis.Table) -> ibis.Value:
    """Return whether a row with `ts` and `load` is a load at a moment; a little below zero is (it is read as 0)."""
    broken = missing(table.load) | table.load.isnan() | _infinite(table.load)
    return ~(broken | missing(table.ts)) & (table.load >= NOISE_SHARE)


def _is_plain(table: ibis.Table) -> ibis.Value:
    """Return whether a load is one without any doubt: what nearly all are, told by two comparisons."""
    return (table.load >= 0) & (table.load < _HUGE)


def _inside(load: ibis.Value) -> ibis.Value:
    # Two-argument logarithms take twice the time, and not every engine's is exact at powers of two: a load of exactly
    # a rung is not over it.
    octaves = ibis.greatest(load, 2.0 ** (LOWEST / PER_OCTAVE)).ln() * (PER_OCTAVE / math.log(2))
    return (octaves - _ROUNDING).ceil().cast("int32")


def _bin(table: ibis.Table) -> ibis.Value:
    load = table.load
    rare = ibis.cases(
        (missing(load) | load.isnan(), NOT_A_NUMBER),
        (_infinite(load), INFINITE),
        (load < NOISE_SHARE, NEGATIVE),
        (load < 0, NOISE),
        else_=_inside(ibis.least(load, _HIGHEST)),
    )
    return ibis.ifelse(_is_plain(table), _inside(load), rare.cast("int32"))


def _second_of_day(ts: ibis.Value) -> ibis.Value:
    # Before 1970 the remainder is negative.
    return (ts.epoch_seconds().floor().cast("int64") % DAY_SECONDS + DAY_SECONDS) % DAY_SECONDS


def days(table: ibis.Table) -> ibis.Table:
    """Reduce samples to `resource_id, metric, date, total, first, last, samples`.

    `total` is the sum of the day's loads (broken ones without), `first` and `last` are times; `samples` has one number
    a sample: the bin, `SECOND_BITS` up, and the second of the day that it falls into. Samples without a time have a
    row of their own, with neither date nor bins.
    """
    loads = table.select("resource_id", "metric", "ts", load=load_of(table))
    rare = ibis.ifelse(is_usable(loads), ibis.greatest(loads.load, 0.0), ibis.null("float64"))
    packed = loads.mutate(
        # A date and not a number of days: it is grouped by in two thirds of the time.
        date=loads.ts.date(),
        sample=ibis.coalesce(_bin(loads) * 2**SECOND_BITS + _second_of_day(loads.ts), NO_TIME << SECOND_BITS),
        kept=ibis.ifelse(_is_plain(loads), loads.load, rare),
    )
    return packed.group_by("resource_id", "metric", "date").aggregate(
        total=packed.kept.sum(),
        first=packed.ts.min(),
        last=packed.ts.max(),
        samples=packed["sample"].cast("int32").collect(),
    )
