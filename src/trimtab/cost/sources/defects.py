"""Broken samples: counted, named, and repaired by a stated rule or refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from trimtab.cost.kinds import KINDS
from trimtab.cost.model import Defect
from trimtab.cost.model.bins import bin_of
from trimtab.cost.sources import blocks as codes
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.cost.model import Resource
    from trimtab.cost.sources.census import Names
    from trimtab.cost.sources.gather import Gathered

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


def ceilings(counted: pd.DataFrame, resources: Iterable[Resource]) -> pd.DataFrame:
    """Return what each measured metric of the inventory can show at most: `resource_id, metric, kind, ceiling, top`.

    Args:
        counted: the census, with `resource_id, metric`.
        resources: the inventory.

    Returns:
        `top` is the bin of the ceiling. Resources without a kind's ceiling for a metric are absent.
    """
    owned = pd.DataFrame([(one.resource_id, one.kind) for one in resources], columns=["resource_id", "kind"])
    known = [(kind_id, one.metric, one.ceiling) for kind_id, kind in KINDS.items() for one in kind.demands]
    limits = pd.DataFrame(known, columns=["kind", "metric", "ceiling"])
    limits["top"] = bin_of(limits["ceiling"].to_numpy() / limits["metric"].map(metric_scale).to_numpy())
    pairs = counted[["resource_id", "metric"]].merge(owned.drop_duplicates("resource_id", keep="last"))
    return pairs.merge(limits, on=["kind", "metric"])


def clip_impossible(found: Gathered, limits: pd.DataFrame) -> tuple[Gathered, pd.DataFrame]:
    """Bring samples above what their kind can show down to it, so that they still count as full.

    Args:
        found: one block.
        limits: as `ceilings` returns them, with `resource` and `metric` as numbers of the census.

    Returns:
        The block, and `kind, metric, ceiling, above, total`: how many samples lay above it, of how many.
    """
    rows = found.rows[["resource", "metric"]].merge(limits, on=["resource", "metric"], how="left")
    top = rows["top"].fillna(codes.BROKEN).to_numpy(dtype="int16")
    packed, total, over = found.packed, found.rows["size"].to_numpy(), np.zeros(len(rows), dtype="int64")
    if ((found.highest >> codes.SECOND_BITS) > top).any():
        load = found.bins < codes.BROKEN
        above = load & (found.bins > top[found.row])
        total, over = (np.bincount(found.row[mine], minlength=len(rows)) for mine in (load, above))
        clipped = (top[found.row].astype("int32") << codes.SECOND_BITS) + found.seconds
        packed = np.where(above, clipped, packed)
    counts = rows.assign(above=over, total=total)
    seen = counts.groupby(["kind", "name", "ceiling"], sort=False)[["above", "total"]].sum().reset_index()
    return (replace(found, packed=packed) if over.any() else found), seen


def impossible(seen: pd.DataFrame) -> list[Defect]:
    """Name the metrics with samples above their ceiling.

    Args:
        seen: `kind, name, ceiling, above, total` of every block.

    Raises:
        UserError: more than half of a metric's samples of one kind are above the ceiling.
    """
    defects = []
    counts = seen.groupby(["kind", "name", "ceiling"], sort=False)[["above", "total"]].sum().reset_index()
    for kind, metric, ceiling, count, total in counts[counts["above"] > 0].itertuples(index=False):
        if count > REFUSED_SHARE * total:
            raise UserError(
                f"usage: {count:,} of {total:,} samples of {metric} ({kind}) are above {ceiling:g}; "
                f"allowed: 0 to {ceiling:g}",
                remedy=f"check the unit: {metric} is a percentage of one unit's capacity."
                if metric.endswith("_percent")
                else f"check the unit of {metric}.",
            )
        repair = f"{metric} above {ceiling:g} read as {ceiling:g}"
        defects.append(Defect(code="impossible", count=int(count), repair=repair))
    return defects


def broken_of(found: Gathered) -> pd.DataFrame:
    """Count the broken samples of a block: `resource, bin, n`."""
    if not ((found.highest >> codes.SECOND_BITS) > codes.BROKEN).any():
        return pd.DataFrame({name: pd.Series(dtype="int64") for name in ("resource", "bin", "n")})
    mine = found.bins > codes.BROKEN
    resource = found.rows["resource"].to_numpy()[found.row[mine]]
    frame = pd.DataFrame({"resource": resource, "bin": found.bins[mine]})
    return frame.groupby(["resource", "bin"]).size().rename("n").reset_index()


def broken(seen: pd.DataFrame, names: Names) -> tuple[dict[str, tuple[Defect, ...]], list[Defect]]:
    """Name the broken samples: by resource, and of the run.

    Args:
        seen: `resource, bin, n` of every block.
        names: of the numbers in it.
    """
    by_resource: dict[str, list[Defect]] = {}
    for resource, code, count in zip(*(seen[name].tolist() for name in ("resource", "bin", "n")), strict=True):
        what, repair = RULES[code]
        one = Defect(code=what, count=count, repair=repair)
        by_resource.setdefault(str(names.resources[resource]), []).append(one)
    all_of = seen.groupby("bin")["n"].sum().to_dict()
    total = [
        Defect(code=RULES[code][0], count=int(all_of[code]), repair=RULES[code][1]) for code in RULES if code in all_of
    ]
    return {name: tuple(found) for name, found in by_resource.items()}, total


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
