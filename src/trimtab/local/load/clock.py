"""Scheduled actions of endpoints and pools: at their minute they set the bounds, as in AWS; moto keeps them only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from trimtab.local.load.cron import holds
from trimtab.spec.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MINUTE = 60
_NAMESPACE = "sagemaker"
_LONGEST_GAP_MINUTES = 60
"""A machine that slept is not made to live its night again."""


class Clock:
    """Takes each scheduled action whose minute has come since it last looked."""

    def __init__(self, scaling: Any, autoscaling: Any) -> None:
        self.scaling = scaling
        self.autoscaling = autoscaling
        self.seen: int | None = None

    def act(self, now: int) -> None:
        """Take what is due at `now`, in seconds since the epoch; an action made in its own minute waits for the next.

        Raises:
            UserError: an action has a schedule that is not understood here.
        """
        minute = now // _MINUTE
        since, self.seen = self.seen, minute
        if since is None or since == minute:
            return
        passed = range(max(since + 1, minute - _LONGEST_GAP_MINUTES), minute + 1)
        moments = [datetime.fromtimestamp(one * _MINUTE, UTC) for one in passed]
        actions = [*self._of_endpoints(), *self._of_pools()]
        for moment in moments:
            for schedule, call, arguments in actions:
                if _due(schedule, moment):
                    call(**arguments)

    def _of_endpoints(self) -> Iterator[tuple[str, Any, dict[str, Any]]]:
        pages = self.scaling.get_paginator("describe_scheduled_actions").paginate(ServiceNamespace=_NAMESPACE)
        for action in (one for page in pages for one in page["ScheduledActions"]):
            target = {name: action[name] for name in ("ServiceNamespace", "ResourceId", "ScalableDimension")}
            bounds = action.get("ScalableTargetAction", {})
            yield action["Schedule"], self.scaling.register_scalable_target, {**target, **bounds}

    def _of_pools(self) -> Iterator[tuple[str, Any, dict[str, Any]]]:
        pages = self.autoscaling.get_paginator("describe_scheduled_actions").paginate()
        for action in (one for page in pages for one in page["ScheduledUpdateGroupActions"]):
            sizes = {name: action[name] for name in ("MinSize", "MaxSize", "DesiredCapacity") if name in action}
            group = {"AutoScalingGroupName": action["AutoScalingGroupName"]}
            yield action["Recurrence"], self.autoscaling.update_auto_scaling_group, {**group, **sizes}


def _due(schedule: str, moment: datetime) -> bool:
    try:
        return holds(schedule, moment)
    except ValueError as error:
        raise UserError(
            f"a scheduled action: {error}",
            remedy="write its moment as cron with numbers, names, lists, ranges and steps; AWS alone takes the rest.",
        ) from error
