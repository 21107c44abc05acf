"""The test that a change must pass, stated in `docs/cost/apply.md`; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trimtab.cost.apply.watch.errors import SIGNIFICANCE, chance
from trimtab.cost.apply.watch.rank import rise
from trimtab.cost.apply.watch.realised import realised
from trimtab.cost.kinds import KINDS, Shape
from trimtab.cost.model import Verdict, Verification
from trimtab.cost.model.verification import Check
from trimtab.cost.sizing.budgets import FLEET_BUDGET, MACHINE_BUDGET

if TYPE_CHECKING:
    from datetime import datetime

    from trimtab.cost.apply.watch.port import Count, Load, Units, Waits
    from trimtab.cost.model import Change

# A share of what the units can do cannot exceed 1; the mean over units and rounding bring full ones a little below.
FULL_SHARE = 0.99
_LONG_SECONDS = 15 * 60
_LEAST_LONG, _LEAST_SHORT = 3, 1


@dataclass(frozen=True)
class Seen:
    """Everything that was seen of one changed resource.

    Attributes:
        before, after: failed requests of the day before and since; None where the kind counts none.
        units: what runs, at each look.
        waits: latency and queue wait, where the kind has them.
        unreadable: why the cloud could not be read; empty where it could.
    """

    since: datetime
    until: datetime
    seconds: int
    alarms: tuple[str, ...]
    loads: tuple[Load, ...]
    before: Count | None
    before_seconds: float
    after: Count | None
    units: tuple[Units, ...]
    waits: tuple[Waits, ...] = ()
    unreadable: str = ""


def least_samples(seconds: int) -> int:
    """Return how many samples a watch must see: three points five minutes apart, or one where it is shorter."""
    return _LEAST_LONG if seconds >= _LONG_SECONDS else _LEAST_SHORT


def budget_of(change: Change) -> float:
    """Return the share of samples that may be saturated, by the class of the resource."""
    lead = change.advice.lead
    budgets = MACHINE_BUDGET if KINDS[lead.kind].shape is Shape.MACHINE else FLEET_BUDGET
    return budgets[lead.service_class]


def judge(change: Change, seen: Seen) -> Verification:
    """Judge one change."""
    checks = (_alarms(seen), _samples(seen), _saturation(change, seen), _errors(seen), *map(_wait, seen.waits))
    failed = [check for check in checks if not check.passed]
    name = change.advice.subject.name
    reason = (
        f"{name}: " + "; ".join(f"{check.name}: {check.seen}" for check in failed)
        if failed
        else f"{name}: {_saturation(change, seen).seen}, no alarm"
    )
    return Verification(
        change=change,
        verdict=Verdict.ROLLED_BACK if failed else Verdict.KEPT,
        reason=reason,
        since=seen.since,
        until=seen.until,
        samples=len(seen.loads),
        violation=_violation(seen),
        budget=budget_of(change),
        checks=checks,
        realised=realised(change, seen.units),
    )


def _violation(seen: Seen) -> float:
    return sum(load.share >= FULL_SHARE for load in seen.loads) / len(seen.loads) if seen.loads else 0.0


def _alarms(seen: Seen) -> Check:
    told = f"{', '.join(seen.alarms)} in ALARM" if seen.alarms else "no alarm of the resource is in ALARM"
    return Check(name="alarms", passed=not seen.alarms, seen=told)


def _nothing_runs(seen: Seen) -> bool:
    return bool(seen.units) and all(units.running == 0 for units in seen.units)


def _samples(seen: Seen) -> Check:
    if seen.unreadable:
        return Check(name="samples", passed=False, seen=f"the cloud could not be read: {seen.unreadable}")
    if not seen.loads and _nothing_runs(seen):
        return Check(name="samples", passed=True, seen="no unit ran, so none could be overloaded")
    least = least_samples(seen.seconds)
    enough = len(seen.loads) >= least
    return Check(name="samples", passed=enough, seen=f"{len(seen.loads)} samples since the change; {least} are needed")


def _saturation(change: Change, seen: Seen) -> Check:
    budget = budget_of(change)
    full = sum(load.share >= FULL_SHARE for load in seen.loads)
    highest = max((load.share for load in seen.loads), default=0.0)
    told = f"{full} of {len(seen.loads)} samples at full load (highest {highest:.0%}); {budget:.2%} are allowed"
    return Check(name="saturation", passed=_violation(seen) <= budget, seen=told)


def _errors(seen: Seen) -> Check:
    if seen.before is None or seen.after is None:
        return Check(name="errors", passed=True, seen="the kind counts no failed requests")
    likely = chance(seen.before, seen.after, seen.before_seconds, (seen.until - seen.since).total_seconds())
    told = f"{seen.after.errors:g} failed requests since, {seen.before.errors:g} in the day before"
    if likely < SIGNIFICANCE:
        told += f"; by chance in {likely:.2%} of cases, under {SIGNIFICANCE:.0%} counts as a rise"
    return Check(name="errors", passed=likely >= SIGNIFICANCE, seen=told)


def _wait(waits: Waits) -> Check:
    found = rise(waits.before, waits.after)
    if found is None:
        told = (
            f"{waits.what}: not compared, {len(waits.before)} samples before and {len(waits.after)} since are too few"
        )
        return Check(name=waits.name, passed=True, seen=told)
    told = f"{waits.what}: {found.after:.3g} s since, {found.before:.3g} s at like hours before (medians)"
    if found.counts:
        told += f"; {found.effect:.0%} of the times longer, by chance in {found.likely:.2%} of cases"
    return Check(name=waits.name, passed=not found.counts, seen=told)
