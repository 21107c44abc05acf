"""Samples of a clock that jumped: a few, stamped years away from all the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import ibis
import numpy as np
import pandas as pd

from trimtab.cost.model import Defect
from trimtab.cost.sources.blocks import DAY_SECONDS, missing

# A host whose clock starts at 1970, 2000 or 2099 is off by years; a real pause of a whole year between the samples of
# one run would leave a history that no advice may rest on anyway.
AWAY_DAYS = 365

# One sample in a hundred: more of them are no slip of a clock but a part of the history.
FEW = 0.01
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def in_time(table: ibis.Table, counted: pd.DataFrame) -> tuple[ibis.Table, list[Defect]]:
    """Leave out the samples of days that lie more than a year from where 99 % of the run's samples are.

    One such sample would make every other metric look stale, or a history look a century long.

    Args:
        table: long samples.
        counted: their census, with `first` and `last`; only where they are a year apart is a day looked at.

    Returns:
        The samples without those, and the defect that counts them.
    """
    span = counted["last"].max() - counted["first"].min()
    if pd.isna(span) or span < timedelta(days=AWAY_DAYS):
        return table, []
    dated = table.select(day=(table.ts.epoch_seconds() / DAY_SECONDS).floor().cast("int32"))
    frame = dated.filter(dated.day >= 0).group_by("day").aggregate(n=lambda one: one.count()).to_pandas()
    by_day = frame.set_index("day")["n"].sort_index()
    if by_day.empty or by_day.index[-1] - by_day.index[0] <= AWAY_DAYS:
        return table, []
    share = (by_day.cumsum() / by_day.sum()).to_numpy()
    days = by_day.index.to_numpy()
    low = int(days[np.searchsorted(share, FEW / 2, side="right")]) - AWAY_DAYS
    high = int(days[np.searchsorted(share, 1 - FEW / 2)]) + AWAY_DAYS
    count = int(by_day[(days < low) | (days > high)].sum())
    if not count:
        return table, []
    first, end = (ibis.timestamp((_EPOCH + timedelta(days=day)).replace(tzinfo=None)) for day in (low, high + 1))
    kept = table.filter(missing(table.ts) | ((table.ts >= first) & (table.ts < end)))
    repair = "dropped: more than a year away from all other samples; the clock of a host had jumped"
    return kept, [Defect(code="clock-jumped", count=count, repair=repair)]
