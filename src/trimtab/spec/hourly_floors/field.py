"""Floors by hour as a type of the declaration, and as a field that may be set."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from trimtab.spec.hourly_floors.actions import MOST_ACTIONS, actions
from trimtab.spec.hourly_floors.text import FORM, HOURS_PER_DAY, NO_FLOORS, PATTERN, constant, highest, windows_of
from trimtab.spec.sizing import SizingField
from trimtab.spec.units import MOST

FIELD = "hourlyFloors"


def _possible(text: str) -> str:
    for first, last, start, end, count in windows_of(text):
        if first > last or start >= end or end > HOURS_PER_DAY or count > MOST:
            raise PydanticCustomError(
                "hourly_floors",
                "a window of it runs backwards, past 24 h, or holds more than {most}",
                {
                    "most": MOST,
                    "allowed": f"{FORM}; days in the order mon to sun, hours 00 to 24",
                    "remedy": "write a night as two windows: 22-24 and 00-06",
                },
            )
    count = len(actions(text, 0))
    if count > MOST_ACTIONS:
        raise PydanticCustomError(
            "hourly_floors_many",
            "it changes at {count} different moments",
            {"count": count, "allowed": f"{MOST_ACTIONS} changes of the floor", "remedy": "use fewer, longer windows"},
        )
    return text


HourlyFloors = Annotated[
    str,
    Field(pattern=PATTERN, description=f"Fewest instances by hour of the week: {FORM}."),
    AfterValidator(_possible),
]


def floors_field(at: str | None, current: str, most: int) -> SizingField:
    """Return the field `hourlyFloors` under the path prefix `at`; its steps are what any one window may hold."""
    steps = (NO_FLOORS, *(constant(count) for count in range(1, most + 1)))
    return SizingField(
        name=FIELD,
        spec_path=at and f"{at}{FIELD}",
        unit="hourlyFloors",
        current=current,
        allowed=steps if current in steps else (*steps, current),
    )


def is_step(field: SizingField, text: str) -> bool:
    """Whether each window of a text holds what `field` lets one window hold."""
    if re.match(PATTERN, text) is None:
        return False
    return text in field.allowed or all(constant(count) in field.allowed for *_, count in windows_of(text))


def above_maximum(text: str, most: int, maximum: str) -> PydanticCustomError | None:
    """Return the error of a text that holds more than the part may have; None where it does not.

    Args:
        text: the floors.
        most: value of the field that bounds them.
        maximum: name of that field, `maxInstances`.
    """
    if highest(text) <= most:
        return None
    return PydanticCustomError(
        "bounds",
        "hourlyFloors holds {high}, more than {maximum} {most}",
        {"field": FIELD, "high": highest(text), "maximum": maximum, "most": most,
         "allowed": f"floors of 1 to {most}", "remedy": f"lower the floor or raise {maximum}"},
    )  # fmt: skip
