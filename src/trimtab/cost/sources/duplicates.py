"""Samples that were delivered twice: the higher one is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trimtab.cost.model import Defect

if TYPE_CHECKING:
    import ibis

_KEY = ("resource_id", "metric", "ts")


def without_duplicates(table: ibis.Table) -> tuple[ibis.Table, Defect | None]:
    """Keep one sample a resource, metric and moment (the highest, so that no load is lost)."""
    groups = table.group_by(*_KEY).aggregate(copies=table.count(), value=table["value"].max())
    surplus = groups.filter(groups.copies > 1).aggregate(surplus=(groups.copies - 1).sum()).to_pandas()
    count = surplus["surplus"].iloc[0]
    if count != count or not count:  # noqa: PLR0124  # NaN: no group had a copy
        return table, None
    return groups.select(*_KEY, "value"), Defect(
        code="duplicate", count=int(count), repair="the highest sample of a moment is kept"
    )
