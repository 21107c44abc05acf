"""A training pool's way back to its floor: its idle alarm starts a policy that sets the group's least size.

moto keeps alarms and policies and acts on neither. Here a minute passes in a second, as in `autoscaler`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trimtab.local.load.capacity import Pool
    from trimtab.local.load.working import WorkingPool

IDLE_PERCENT = 5.0
"""The components' own default: utilisation below which a GPU idles."""
IDLE_SECONDS = 30
"""Half an hour of idling, at a minute a second."""


class IdlePools:
    """Shrinks the groups whose GPUs have idled for long enough."""

    def __init__(self, autoscaling: Any) -> None:
        self.autoscaling = autoscaling
        self.idle_since: dict[str, int] = {}

    def act(self, now: int, pools: Iterable[WorkingPool]) -> None:
        """Look at each pool once; `now` is in seconds since the epoch."""
        for one in pools:
            busy = one.busy_percent
            if busy is None or busy >= IDLE_PERCENT:
                self.idle_since.pop(one.subject.name, None)
            elif now - self.idle_since.setdefault(one.subject.name, now) >= IDLE_SECONDS:
                self._to_floor(one.subject)

    def _to_floor(self, pool: Pool) -> None:
        if pool.instances > pool.smallest:
            self.autoscaling.set_desired_capacity(AutoScalingGroupName=pool.name, DesiredCapacity=pool.smallest)
