"""Cron as the two scaling services write it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from trimtab.local.load.cron import holds

SUNDAY = datetime(2026, 1, 4, 7, 30, tzinfo=UTC)
MONDAY = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "moment", "due"),
    [
        ("0 7 * * *", MONDAY, True),
        ("0 8 * * *", MONDAY, False),
        ("0 7 * * 1,2,3,4,5", MONDAY, True),
        ("30 7 * * 0", SUNDAY, True),
        ("30 7 * * 7", SUNDAY, True),
        ("30 7 * * 1-5", SUNDAY, False),
        ("*/15 * * * *", SUNDAY, True),
        ("*/20 * * * *", SUNDAY, False),
        ("0 7 5 * *", MONDAY, True),
        ("0 7 1 * 1", MONDAY, True),
        ("0 7 1 * 2", MONDAY, False),
        ("0 7 * JAN-MAR *", MONDAY, True),
        ("0 7 * 2-12 *", MONDAY, False),
        ("cron(0 7 ? * MON,TUE *)", MONDAY, True),
        ("cron(0 7 ? * FRI-MON *)", MONDAY, True),
        ("cron(0 7 ? * 2 *)", MONDAY, True),
        ("cron(30 7 ? * 1 *)", SUNDAY, True),
        ("cron(0 7 * * ? 2027)", MONDAY, False),
    ],
)
def test_an_expression_names_its_minutes(expression: str, moment: datetime, *, due: bool) -> None:
    assert holds(expression, moment) is due


@pytest.mark.parametrize("expression", ["rate(1 hour)", "0 7 L * *", "0 7 * * MON#1", "0 7 * * SOMEDAY"])
def test_what_is_not_read_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"cron|neither"):
        holds(expression, MONDAY)
