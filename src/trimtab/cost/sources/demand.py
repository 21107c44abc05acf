"""The second pass, for fleets only: the sum of the members' work at each moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from trimtab.cost.sources.blocks import is_usable, load_of

if TYPE_CHECKING:
    import pandas as pd

# Where members report at the same moments, the number of distinct moments is the number of samples of the
# busiest member; half as much again allows for members that started on another second.
ALIGNED = 1.5


def member_loads(table: ibis.Table, plan: pd.DataFrame) -> ibis.Table:
    """Return `fleet, resource_id, ts, work` of usable samples.

    Args:
        table: long samples.
        plan: `resource_id, metric, fleet, weight, ceiling`: work is load times weight; load is clipped to
            [0, ceiling].
    """
    joined = table.mutate(load=load_of(table)).join(ibis.memtable(plan), ["resource_id", "metric"])
    usable = joined.filter(is_usable(joined))
    work = ibis.greatest(ibis.least(usable.load, usable.ceiling), 0.0) * usable.weight
    return usable.select("fleet", "resource_id", "ts", work=work)


def fleet_demand(table: ibis.Table, plan: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Sum the work of each fleet's members: `fleet, ts, demand, members`, sorted.

    Members that report at different moments are first brought to the fleet's step: the mean of each member's
    samples within it.

    Args:
        table: long samples.
        plan: as in `member_loads`.
        steps: `fleet, step_seconds, samples`: usual distance of a member's samples, and the count of the
            member with most of them.
    """
    loads = member_loads(table, plan)
    moments = loads.group_by("fleet").aggregate(moments=loads.ts.nunique()).to_pandas()
    marked = steps.merge(moments, on="fleet")
    marked["grid"] = marked.step_seconds.where(marked.moments > ALIGNED * marked.samples, 0.0)
    frame: pd.DataFrame = totals(loads, marked[["fleet", "grid"]]).to_pandas()
    return frame.sort_values(["fleet", "ts"], ignore_index=True)


def totals(loads: ibis.Table, grids: pd.DataFrame) -> ibis.Table:
    """Sum work to `fleet, ts, demand, members`.

    Args:
        loads: as `member_loads` returns them.
        grids: `fleet, grid`: seconds that samples are brought to; 0: they are left at their moments.
    """
    gridded = loads.join(ibis.memtable(grids), "fleet")
    seconds = gridded.ts.epoch_seconds()
    floored = ((seconds / gridded.grid.nullif(0.0)).floor() * gridded.grid).cast("int64").as_timestamp("s")
    at = ibis.coalesce(floored.cast("timestamp"), gridded.ts)
    member = gridded.mutate(at=at).group_by("fleet", "resource_id", "at").aggregate(work=gridded.work.mean())
    total = member.group_by("fleet", "at").aggregate(demand=member.work.sum(), members=member.count())
    return total.rename(ts="at")
