"""Floors by hour: text, hours and scheduled actions say the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from trimtab.local.load.cron import holds
from trimtab.spec.hourly_floors import (
    MOST_ACTIONS,
    NO_FLOORS,
    HourlyFloors,
    actions,
    constant,
    floors_by_hour,
    floors_field,
    highest,
    is_step,
    written,
)

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
TEXT: TypeAdapter[str] = TypeAdapter(HourlyFloors)
weeks = st.lists(st.integers(2, 9), min_size=168, max_size=168)


def test_windows_hold_in_their_hours_and_the_highest_counts() -> None:
    floors = floors_by_hour("mon-fri 07-19 = 4; wed 10-12 = 6; sun 00-24 = 1", 2)
    assert floors[6] == 2
    assert floors[7] == floors[18] == 4
    assert floors[19] == 2
    assert floors[2 * 24 + 10] == 6
    assert floors[6 * 24] == 2, "a floor below the minimum changes nothing"


@given(weeks)
def test_what_is_written_is_read_back(floors: list[int]) -> None:
    text = written(floors, 2)
    assert list(floors_by_hour(text, 2)) == floors
    assert highest(text) == (max(floors) if max(floors) > 2 else 0)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(1, 9), min_size=24, max_size=24), st.lists(st.integers(1, 9), min_size=24, max_size=24))
def test_the_actions_keep_every_hour_s_floor_in_both_forms_of_cron(working: list[int], weekend: list[int]) -> None:
    floors = working * 5 + weekend * 2
    text = written(floors, 1)
    found = actions(text, 1)
    assert len({action.name for action in found}) == len(found)
    held: dict[str, int] = {}
    for hour in range(2 * 168):  # The first week brings the floor to where it stands, the second is looked at.
        moment = MONDAY + timedelta(hours=hour)
        for action in found:
            if holds(action.cron, moment):
                held["crontab"] = action.floor
            if holds(action.aws_schedule, moment):
                held["aws"] = action.floor
        if hour >= 168:
            wanted = floors[hour - 168]
            assert set(held.values()) <= {wanted}
            assert held or wanted == 1


def test_a_working_week_is_two_actions() -> None:
    morning, evening = actions("mon-fri 07-19 = 4", 1)
    assert (morning.aws_schedule, morning.floor) == ("cron(0 7 ? * MON,TUE,WED,THU,FRI *)", 4)
    assert (evening.cron, evening.floor) == ("0 19 * * 1,2,3,4,5", 1)
    assert morning.name == "mon-to-fri-07"
    assert actions(NO_FLOORS, 1) == ()


def test_one_floor_for_the_week_is_held_each_night() -> None:
    (action,) = actions(constant(3), 1)
    assert (action.cron, action.floor) == ("0 0 * * 1,2,3,4,5,6,0", 3)


@pytest.mark.parametrize(
    "text",
    ["", "mon 7-19 = 4", "mon-fri 07-19 = 0", "mon-fri 07-19 = 4,", "fri-mon 07-19 = 4", "mon 22-06 = 4",
     "mon 10-25 = 4", "mon 10-12 = 10001", "Mon 10-12 = 4", "mon 10-12 = 4; none"],
)  # fmt: skip
def test_what_is_no_such_text_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TEXT.validate_python(text)


def test_more_changes_than_aws_takes_are_refused() -> None:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    hours = [(day, hour) for day in range(7) for hour in range(24)]
    each = [f"{days[day]} {hour:02d}-{hour + 1:02d} = {1 + day * 24 + hour}" for day, hour in hours]
    assert len(actions("; ".join(each), 0)) > MOST_ACTIONS
    with pytest.raises(ValidationError, match="different moments"):
        TEXT.validate_python("; ".join(each))


def test_a_step_is_a_text_whose_every_window_the_field_holds() -> None:
    field = floors_field("x.", NO_FLOORS, 4)
    assert is_step(field, "mon-fri 07-19 = 4; sat 10-12 = 2")
    assert is_step(field, NO_FLOORS)
    assert not is_step(field, "mon-fri 07-19 = 5")
    assert not is_step(field, "whenever")
