"""When the analyser may change a platform."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from trimtab.spec.changes import Changes, MaintenanceWindow

FREEZE = {
    "name": "year-end", "begins": "2026-12-18T00:00:00Z", "ends": "2027-01-04T00:00:00+00:00", "reason": "sales",
}  # fmt: skip
NIGHTS = {"days": ["monday", "tuesday"], "opens": "22:00", "closes": "04:00", "timezone": "Europe/Dublin"}


def changes(**parts: Any) -> Changes:
    return Changes.model_validate_json(json.dumps(parts), strict=True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "frozen"),
    [
        ("2026-12-17T23:59:59", False),
        ("2026-12-18T00:00:00", True),
        ("2027-01-03T23:59:59", True),
        ("2027-01-04T00:00:00", False),
    ],
)
def test_a_freeze_holds_from_its_first_moment_until_its_end(moment: str, frozen: bool) -> None:
    refusal = changes(freezes=[FREEZE]).refusal(at(moment))
    assert ("year-end until 2027-01-04 00:00 UTC: sales" in refusal) is frozen


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T21:59:00", False),  # a Monday, in winter: Dublin is UTC
        ("2026-11-23T22:00:00", True),
        ("2026-11-25T03:59:00", True),  # Tuesday's window, after midnight
        ("2026-11-25T04:00:00", False),
        ("2026-11-25T22:00:00", False),  # Wednesday is none of its days
        ("2026-07-06T21:30:00", True),  # in summer, Dublin's 22:30
    ],
)
def test_a_window_is_open_by_its_own_clock_and_over_midnight(moment: str, is_open: bool) -> None:
    declared = changes(maintenanceWindows=[NIGHTS])
    assert declared.maintenance_windows[0].is_open(at(moment)) is is_open
    assert (declared.refusal(at(moment)) == "") is is_open


def test_a_window_within_a_day() -> None:
    window = MaintenanceWindow.model_validate({**NIGHTS, "opens": "10:00", "closes": "12:00", "timezone": "UTC"})
    assert [window.is_open(at(f"2026-11-23T{hour}:00:00")) for hour in ("09", "10", "11", "12")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert str(window) == "monday, tuesday 10:00-12:00 UTC"


def test_without_windows_any_hour_that_no_freeze_covers_will_do() -> None:
    assert not changes().refusal(at("2026-11-25T12:00:00"))


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"freezes": [{**FREEZE, "ends": FREEZE["begins"]}]}, "is not after begins"),
        ({"freezes": [{**FREEZE, "begins": "2026-12-18T00:00:00"}]}, "timezone"),
        ({"maintenanceWindows": [{**NIGHTS, "timezone": "Europe/Atlantis"}]}, "is no time zone"),
        ({"maintenanceWindows": [{**NIGHTS, "days": ["monday", "monday"]}]}, "more than once"),
    ],
)
def test_what_is_refused(parts: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        changes(**parts)
