"""Spend by group, split into what was used, what idled, and what is not known."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from trimtab.cost.reports.model import Cost, SpendGroup, Unforeseen, Use, WeekOnWeek

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from trimtab.cost.reports.model import Line

NOBODY = "(no owner tag)"
NO_MODEL = "(no model tag)"
NO_ENVIRONMENT = "(no environment tag)"
UNDECLARED = "(declared by no stack)"


def component_of(line: Line) -> str:
    """Return the component that declared a line's subject."""
    return line.component or UNDECLARED


def owner_of(line: Line) -> str:
    """Return team and cost centre of a line, `ml-platform · CC-1042`."""
    parts = [part for part in (line.owner.team, line.owner.cost_center) if part]
    return " · ".join(parts) or NOBODY


def model_of(line: Line) -> str:
    """Return the model that a line's subject serves or trains."""
    return line.owner.model or NO_MODEL


def environment_of(line: Line) -> str:
    """Return the environment of a line's subject."""
    return line.owner.environment or NO_ENVIRONMENT


def used_share(line: Line) -> Decimal | None:
    """Return the share of the paid capacity that was used on average, at most 1; None: not measured."""
    return Decimal(str(min(1.0, max(0.0, line.use.mean)))) if isinstance(line.use, Use) else None


def groups(lines: Iterable[Line], key: Callable[[Line], str]) -> tuple[SpendGroup, ...]:
    """Add up the priced lines by group, dearest first. Unpriced ones are counted nowhere but named elsewhere."""
    members: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if isinstance(line.cost, Cost):
            members[key(line)].append(line)
    found = [_group(name, inside) for name, inside in members.items()]
    return tuple(sorted(found, key=lambda group: (-group.monthly, group.name)))


def _group(name: str, lines: list[Line]) -> SpendGroup:
    used = unmeasured = monthly = Decimal(0)
    for line in lines:
        cost = line.cost.monthly if isinstance(line.cost, Cost) else Decimal(0)
        share = used_share(line)
        monthly += cost
        if share is None:
            unmeasured += cost
        else:
            used += cost * share
    return SpendGroup(
        name=name,
        monthly=monthly,
        used=used,
        idle=monthly - used - unmeasured,
        unmeasured=unmeasured,
        subjects=len(lines),
        week=_week(lines),
    )


def _week(lines: list[Line]) -> WeekOnWeek | Unforeseen:
    """Add up the weeks; one that is not known leaves the sum unknown, never too low."""
    weeks: list[WeekOnWeek] = []
    for line in lines:
        if not isinstance(line.week, WeekOnWeek):
            return line.week
        weeks.append(line.week)
    return WeekOnWeek(
        spent=sum((one.spent for one in weeks), Decimal(0)),
        before=sum((one.before for one in weeks), Decimal(0)),
        hours=weeks[0].hours,
    )
