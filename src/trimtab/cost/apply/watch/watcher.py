"""The loop: look, wait, look again; an alarm ends it at once."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from trimtab.cost.apply.watch.judge import Seen, judge, least_samples
from trimtab.cost.sources.prometheus.queries import gpus
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trimtab.cost.apply.watch.port import Eyes, Units
    from trimtab.cost.model import Change, Resource, Verification

_DAY = timedelta(days=1)
_PER_UNIT: dict[str, Callable[[Resource], float]] = {
    "instances": lambda _: 1.0,
    "nodes": lambda _: 1.0,
    "replicas": lambda _: 1.0,
    "gpus": gpus,
}
"""How many of a field's unit are one unit of its resource."""
_SLOWEST_SECONDS, _LOOKS = 30.0, 10
_GRACE_SECONDS = 180.0
"""CloudWatch shows a point up to a few minutes after its time."""


def _now() -> datetime:
    return datetime.now(tz=UTC)


def as_changed(change: Change) -> Resource:
    """Return the resource as it is after a change: its load is a share of what there may be now."""
    lead = change.advice.lead
    known: dict[str, object] = {}
    for edit in change.edits:
        if edit.unit == "instanceType":
            known["instance_type"] = edit.after
        elif edit.name.lower().startswith("max") and isinstance(edit.after, int) and edit.unit in _PER_UNIT:
            known["count"] = round(edit.after / _PER_UNIT[edit.unit](lead))
    return lead.model_copy(update=known)


@dataclass(frozen=True)
class MetricWatcher:
    """Judges changes by what `eyes` see."""

    eyes: Eyes
    tell: Callable[[str], None]
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], datetime] = field(default=_now)

    def watch(self, changes: Sequence[Change], since: datetime, seconds: int) -> tuple[Verification, ...]:
        """Watch until the time is over or an alarm goes off, with some grace where samples are late."""
        end = since + timedelta(seconds=seconds)
        grace = end + timedelta(seconds=min(_GRACE_SECONDS, seconds))
        pause = min(_SLOWEST_SECONDS, max(1.0, seconds / _LOOKS))
        self.tell(f"watching {', '.join(change.advice.subject.name for change in changes)} until {end:%H:%M:%S} UTC")
        units: dict[str, list[Units]] = {change.advice.subject.name: [] for change in changes}
        while True:
            seen = [self._look(change, since, seconds, units[change.advice.subject.name]) for change in changes]
            now = self.clock()
            late = any(len(one.loads) < least_samples(seconds) and not one.unreadable for one in seen)
            if any(one.alarms for one in seen) or now >= grace or (now >= end and not late):
                break
            self.sleep(min(pause, max(0.5, (end - now).total_seconds())) if now < end else pause)
        return tuple(judge(change, one) for change, one in zip(changes, seen, strict=True))

    def verify(self, changes: Sequence[Change], since: datetime) -> tuple[Verification, ...]:
        """Judge changes by everything since `since`, without waiting."""
        seconds = int((self.clock() - since).total_seconds())
        return tuple(judge(change, self._look(change, since, seconds, [])) for change in changes)

    def _look(self, change: Change, since: datetime, seconds: int, units: list[Units]) -> Seen:
        lead, now = as_changed(change), self.clock()
        blind = Seen(since, now, seconds, (), (), None, _DAY.total_seconds(), None, tuple(units))
        try:
            running = self.eyes.units(lead)
            if running is not None:
                units.append(running)
            return Seen(
                since=since,
                until=now,
                seconds=seconds,
                alarms=self.eyes.alarms(lead),
                loads=self.eyes.loads(lead, since, now),
                before=self.eyes.errors(lead, since - _DAY, since),
                before_seconds=_DAY.total_seconds(),
                after=self.eyes.errors(lead, since, now),
                units=tuple(units),
                waits=self.eyes.waits(lead, since, now),
            )
        except WorldError as error:
            # The change stands and must be judged: what cannot be seen counts as not good at the end of the watch.
            return Seen(**{**blind.__dict__, "unreadable": error.message})
