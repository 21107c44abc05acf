"""The fewest instances by hour of the week, as one text: `mon-fri 07-19 = 4; sat-sun 10-16 = 2`.

A text, as cron is one: it stands on one line of a declaration, so that it is edited and taken back as one value.
Outside its windows the part's own minimum holds; where windows overlap, the highest. Hours are in UTC, `07-19` from
07:00 until 19:00.
"""

from __future__ import annotations

from trimtab.spec.hourly_floors.actions import MOST_ACTIONS, FloorAction, actions
from trimtab.spec.hourly_floors.field import FIELD, HourlyFloors, above_maximum, floors_field, is_step
from trimtab.spec.hourly_floors.text import NO_FLOORS, constant, floors_by_hour, highest, written

__all__ = [
    "FIELD",
    "MOST_ACTIONS",
    "NO_FLOORS",
    "FloorAction",
    "HourlyFloors",
    "above_maximum",
    "actions",
    "constant",
    "floors_by_hour",
    "floors_field",
    "highest",
    "is_step",
    "written",
]
