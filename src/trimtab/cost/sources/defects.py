"""Broken samples: counted from the blocks, named, and repaired by a stated rule or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import Defect
from trimtab.cost.model.bins import bin_of
from trimtab.cost.sources import blocks as codes
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from trimtab.cost.model import Resource

RULES: dict[int, tuple[str, str]] = {
    codes.NOT_A_NUMBER: ("not-a-number", "dropped"),
    codes.INFINITE: ("infinite", "dropped"),
    codes.NEGATIVE: ("negative", "dropped: a share below -1 % cannot be"),
    codes.NOISE: ("slightly-negative", "read as 0: within 1 % of it, a sensor's rounding"),
    codes.NO_TIME: ("no-time", "dropped: ts is empty or no time"),
}

# Where most of a metric's samples cannot be, the metric is in another unit, and advice on it would be invented.
REFUSED_SHARE = 0.5
_SHOWN = 3


def metric_scale(metric: str) -> float:
    """Return what a value of `metric` is divided by to become a load (100 for percentages)."""
    return 100.0 if metric.endswith("_percent") else 1.0


def clip_impossible(frame: pd.DataFrame, resources: Iterable[Resource]) -> tuple[pd.DataFrame, list[Defect]]:
    """Bring samples above what their kind can show down to it, so that they still count as full.

    Args:
        frame: blocks with `resource_id, metric, bin, n`.
        resources: the inventory; resources without a kind's ceiling for a metric are left alone.

    Raises:
        UserError: more than half of a metric's samples of one kind are above the ceiling.
    """
    kinds = {resource.resource_id: resource.kind for resource in resources}
    kind = frame["resource_id"].map(kinds).astype("category")
    defects = []
    bins = frame["bin"].copy()
    for kind_id in kind.dropna().unique():
        for demand in KINDS[kind_id].demands:
            mine = (kind == kind_id) & (frame["metric"] == demand.metric) & (frame["bin"] < codes.BROKEN)
            top = int(bin_of(np.array([demand.ceiling / metric_scale(demand.metric)]))[0])
            above = mine & (frame["bin"] > top)
            count, total = int(frame["n"][above].sum()), int(frame["n"][mine].sum())
            if not count:
                continue
            if count > REFUSED_SHARE * total:
                raise UserError(
                    f"usage: {count:,} of {total:,} samples of {demand.metric} ({kind_id}) are above "
                    f"{demand.ceiling:g}; allowed: 0 to {demand.ceiling:g}",
                    remedy=f"check the unit: {demand.metric} is a percentage of one unit's capacity."
                    if demand.metric.endswith("_percent")
                    else f"check the unit of {demand.metric}.",
                )
            bins[above] = top
            defects.append(
                Defect(
                    code="impossible",
                    count=count,
                    repair=f"{demand.metric} above {demand.ceiling:g} read as {demand.ceiling:g}",
                )
            )
    return frame.assign(bin=bins), defects


def split_broken(frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, tuple[Defect, ...]], list[Defect]]:
    """Part usable blocks from broken ones.

    Returns:
        The usable blocks, the defects by resource, and the defects of the run.
    """
    broken = frame[frame["bin"] > codes.BROKEN]
    noise = frame["bin"] == codes.NOISE
    usable = frame[(frame["bin"] < codes.BROKEN) | noise].copy()
    usable.loc[usable["bin"] == codes.NOISE, "total"] = 0.0
    usable.loc[usable["bin"] == codes.NOISE, "bin"] = int(bin_of(np.zeros(1))[0])
    per = broken.groupby(["resource_id", "bin"], observed=True)["n"].sum().reset_index()
    by_resource: dict[str, list[Defect]] = {}
    for resource, code, count in zip(*(per[name].tolist() for name in per.columns), strict=True):
        name, repair = RULES[code]
        by_resource.setdefault(resource, []).append(Defect(code=name, count=count, repair=repair))
    all_of = per.groupby("bin")["n"].sum().to_dict()
    total = [
        Defect(code=RULES[code][0], count=int(all_of[code]), repair=RULES[code][1]) for code in RULES if code in all_of
    ]
    return usable, {name: tuple(found) for name, found in by_resource.items()}, total


def unknown(frame: pd.DataFrame, resources: Iterable[Resource]) -> list[Defect]:
    """Name resources that have samples but are not in the inventory, and metrics that no kind sizes by."""
    known = {resource.resource_id for resource in resources}
    strangers = frame[~frame["resource_id"].isin(known)]
    metrics = {demand.metric for kind in KINDS.values() for demand in kind.demands}
    unread = frame[frame["resource_id"].isin(known) & ~frame["metric"].isin(metrics)]
    found = []
    for code, rows, column in (
        ("not-in-inventory", strangers, "resource_id"),
        ("metric-not-used", unread, "metric"),
    ):
        if len(rows):
            names = list(rows[column].unique())
            shown = ", ".join(str(name) for name in names[:_SHOWN])
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            found.append(Defect(code=code, count=int(rows["n"].sum()), repair=f"left out of the advice: {shown}{more}"))
    return found
