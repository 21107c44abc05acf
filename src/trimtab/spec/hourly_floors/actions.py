"""The scheduled actions that keep floors by hour: one a moment at which the floor changes."""

from __future__ import annotations

from dataclasses import dataclass

from trimtab.spec.hourly_floors.text import DAYS, HOURS_PER_DAY, NO_FLOORS, floors_by_hour, runs

MOST_ACTIONS = 125
"""Scheduled actions of one Auto Scaling group; Application Auto Scaling takes 200 of one target.
https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-quotas.html"""


@dataclass(frozen=True)
class FloorAction:
    """A moment of the week from which on another floor holds.

    Attributes:
        hour: 0 to 23, UTC.
        days: 0 (Monday) to 6, in order.
        floor: the fewest instances from then on.
    """

    hour: int
    days: tuple[int, ...]
    floor: int

    @property
    def name(self) -> str:
        """What tells it from the other actions of its part, and stays while only its floor changes: `mon-to-fri-07`."""
        return f"{'-'.join(runs(self.days, '-to-'))}-{self.hour:02d}"

    @property
    def cron(self) -> str:
        """The moment as five cron fields: `0 7 * * 1,2,3,4,5`; Sunday is 0."""
        return f"0 {self.hour} * * {','.join(str((day + 1) % len(DAYS)) for day in self.days)}"

    @property
    def aws_schedule(self) -> str:
        """The moment as Application Auto Scaling writes it: `cron(0 7 ? * MON,TUE *)`."""
        return f"cron(0 {self.hour} ? * {','.join(DAYS[day].upper() for day in self.days)} *)"


def actions(text: str, least: int) -> tuple[FloorAction, ...]:
    """Return the scheduled actions that keep a text's floors, in order of their hour; none for `none`.

    A floor that never changes has one action all the same, each night: it is what holds it.
    """
    if text == NO_FLOORS:
        return ()
    floors = floors_by_hour(text, least)
    found: dict[tuple[int, int], list[int]] = {}
    for place, floor in enumerate(floors):
        if floor != floors[place - 1]:
            found.setdefault((place % HOURS_PER_DAY, floor), []).append(place // HOURS_PER_DAY)
    if not found:
        return (FloorAction(0, tuple(range(len(DAYS))), floors[0]),)
    return tuple(FloorAction(hour, tuple(days), floor) for (hour, floor), days in sorted(found.items()))
