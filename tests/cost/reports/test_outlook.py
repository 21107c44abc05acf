"""Forecast, comparison and anomalies, on series whose answer is known beforehand."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from tests.cost.reports.sample import NOW, SURGE, history, inputs, recommendation, resource, run
from trimtab.cost.model import Change
from trimtab.cost.model.journal import Outcome
from trimtab.cost.reports import build
from trimtab.cost.reports.causes import GitCommits, NoCommits
from trimtab.cost.reports.causes.declared import changed_fields
from trimtab.cost.reports.causes.port import Commit
from trimtab.cost.reports.history import UnitHistory, of_points, unit_history
from trimtab.cost.reports.model import Forecast, Unforeseen, WeekOnWeek
from trimtab.cost.reports.outlook.simulate import LEAST_DAYS, futures
from trimtab.cost.reports.outlook.unusual import HOURS, stretches

if TYPE_CHECKING:
    from pathlib import Path

WEEKDAYS = np.array([10.0, 11, 12, 13, 14, 3, 2])


def test_a_week_that_repeats_is_foreseen_exactly() -> None:
    ahead = futures(np.tile(WEEKDAYS, 4), 10)
    assert np.all(ahead.expected == np.tile(WEEKDAYS, 2)[:10])
    assert np.all(ahead.drawn == ahead.expected)


def test_growth_of_every_week_goes_on_and_one_step_does_not() -> None:
    growing = np.concatenate([WEEKDAYS + 2 * week for week in range(5)])
    assert futures(growing, 7).expected.sum() == pytest.approx(WEEKDAYS.sum() + 7 * 10)
    stepped = np.concatenate([WEEKDAYS, WEEKDAYS, WEEKDAYS, WEEKDAYS + 5, WEEKDAYS + 5])
    assert futures(stepped, 7).expected.sum() == pytest.approx(WEEKDAYS.sum() + 7 * 5)


def test_the_range_holds_as_many_months_as_it_says() -> None:
    """Of 200 random walks, 160 sums should lie in a range of 80 %; 17 are three standard deviations of that count."""
    dice = np.random.default_rng(1)
    inside = 0
    for _ in range(200):
        weeks = np.cumsum(dice.normal(0, 1, (11, 7)), axis=0) + 100
        low, high = np.quantile(futures(weeks[:8].ravel(), 21).drawn.sum(axis=1), (0.1, 0.9))
        inside += low <= weeks[8:].sum() <= high
    assert 160 - 17 <= inside <= 160 + 17


def test_an_anomaly_that_lasts_widens_the_range() -> None:
    ahead = futures(np.tile(WEEKDAYS, 4), 10, lasting=7.0)
    totals = ahead.drawn.sum(axis=1) - np.tile(WEEKDAYS, 2)[:10].sum()
    assert 0 <= totals.min() < 2
    assert 68 < totals.max() <= 70
    assert ahead.expected.sum() - np.tile(WEEKDAYS, 2)[:10].sum() == 35


def test_a_lone_surge_is_found_and_a_habit_is_not() -> None:
    hours = np.arange(6 * HOURS)
    habit = 10 + 5 * ((hours % 24) == 9)
    assert stretches(habit.astype(float), HOURS) == ()
    surge = habit.astype(float)
    surge[-30:-20] *= 3
    (found,) = stretches(surge, HOURS)
    assert (found.first, found.last) == (HOURS - 30, HOURS - 20)
    assert found.score > 3.5


def test_a_past_surge_does_not_make_its_hours_usual() -> None:
    values = np.full(6 * HOURS, 10.0)
    values[4 * HOURS : 4 * HOURS + 12] = 50
    assert stretches(values, HOURS) == ()


def test_too_short_a_past_calls_nothing_unusual() -> None:
    values = np.full(3 * HOURS, 10.0)
    values[-5:] = 100
    assert stretches(values, HOURS) == ()


def test_the_month_adds_up() -> None:
    ahead = build(inputs()).outlook.forecast
    assert isinstance(ahead, Forecast)
    month = history().units
    hours = 23 * 24 + 21  # 1 November to NOW
    spent = sum(float(month[name][-hours:].sum()) * hourly for name, hourly in
                (("fraud-scorer", 1.408), ("chat-llm", 1.408), ("nightly-pool", 32.7726)))  # fmt: skip
    assert float(ahead.so_far) == pytest.approx(spent, abs=0.001)
    assert ahead.so_far < ahead.low <= ahead.expected <= ahead.high
    assert ahead.path[-1].expected == ahead.expected
    assert [one.low for one in ahead.path[:23]] == [one.high for one in ahead.path[:23]]
    assert ahead.over_budget == 0.0
    tight = build(replace(inputs(), budget=ahead.expected)).outlook.forecast
    assert isinstance(tight, Forecast)
    assert 0.3 < (tight.over_budget or 0) < 0.7


def test_a_past_month_is_not_foreseen_but_known() -> None:
    end = datetime(2026, 11, 1, tzinfo=UTC)
    ahead = build(replace(inputs(), history=history(end), generated=end)).outlook.forecast
    assert isinstance(ahead, Forecast)
    assert ahead.month == "2026-10"
    assert ahead.so_far == ahead.low == ahead.expected == ahead.high


def test_what_nothing_told_of_costs_what_its_units_cost() -> None:
    whole = history()
    part = UnitHistory(whole.start, {"fraud-scorer": whole.units["fraud-scorer"]}, "a test")
    ahead = build(replace(inputs(), history=part)).outlook.forecast
    assert isinstance(ahead, Forecast)
    # chat-llm and nightly-pool: 8 x 1.408 and 2 x 32.7726 an hour, 720 hours in November.
    assert ahead.constant == pytest.approx(Decimal("76.8092") * 720)
    # fraud-scorer never changes either: 4 x 1.408.
    assert ahead.expected == pytest.approx((Decimal("76.8092") + Decimal("5.632")) * 720, abs=Decimal("0.01"))


def test_without_a_history_the_reason_is_said() -> None:
    for told in (None, UnitHistory(history().start)):
        outlook = build(replace(inputs(), history=told)).outlook
        assert isinstance(outlook.forecast, Unforeseen)
        assert "how many units ran" in outlook.forecast.reason
    short = history()
    cut = {name: np.where(np.arange(short.hours) < 45 * 24, np.nan, one) for name, one in short.units.items()}
    ahead = build(replace(inputs(), history=UnitHistory(short.start, cut))).outlook.forecast
    assert isinstance(ahead, Unforeseen)
    assert f"{LEAST_DAYS} are needed" in ahead.reason


def test_the_week_is_compared_with_the_same_hours() -> None:
    outlook = build(inputs()).outlook
    assert isinstance(outlook.week, WeekOnWeek)
    assert outlook.week.hours == 45
    assert outlook.week.spent == sum((day.cost for line in build(inputs()).lines for day in line.days), Decimal(0))
    units = history().units
    before = sum(float(units[name][-45 - 168 : -168].sum()) * hourly for name, hourly in
                 (("fraud-scorer", 1.408), ("chat-llm", 1.408), ("nightly-pool", 32.7726)))  # fmt: skip
    assert float(outlook.week.before) == pytest.approx(before, abs=0.001)
    assert outlook.week.change == pytest.approx(float(outlook.week.spent) / before - 1)


def test_an_anomaly_names_resource_money_and_commit() -> None:
    (found,) = build(inputs()).outlook.anomalies
    assert (found.subject, found.since, found.until, found.ongoing) == ("chat-llm", SURGE, NOW, True)
    assert found.excess == found.spent - found.usual > 200
    (cause,) = found.causes
    assert (cause.kind, cause.who, cause.reference) == ("commit", "Mara Lind", "9f1c0a7e")
    assert "capacity.maxInstances: 6 → 12" in cause.text


def test_an_anomaly_after_an_apply_names_the_run() -> None:
    advice = recommendation(resource("chat-llm", count=8), 5)
    applied = run(Change(advice=advice, edits=advice.edits), outcome=Outcome.KEPT)
    moved = applied.model_copy(
        update={"events": tuple(one.model_copy(update={"at": SURGE - timedelta(hours=2)}) for one in applied.events)}
    )
    (found,) = build(replace(inputs(), runs=(moved,), commits=NoCommits())).outlook.anomalies
    (cause,) = found.causes
    assert (cause.kind, cause.who, cause.reference) == ("change", "mara@build-7", moved.id)


def test_an_anomaly_without_a_change_is_the_scalers() -> None:
    (found,) = build(replace(inputs(), runs=(), commits=NoCommits())).outlook.anomalies
    (cause,) = found.causes
    assert cause.kind == "scaling"
    assert "no git history was found" in cause.text


def test_a_field_is_found_again_by_its_items_name() -> None:
    old = {"servingEndpoints": [{"name": "a", "capacity": {"maxInstances": 2}}]}
    new = {"servingEndpoints": [{"name": "b"}, {"name": "a", "capacity": {"maxInstances": 2}}]}
    commit = Commit("1", "m", NOW, "s", (), old, new)
    assert changed_fields(commit, "servingEndpoints[1].capacity.maxInstances") == ()
    assert changed_fields(commit, "servingEndpoints[0].capacity.maxInstances") == ("name: not there → b",)


def test_git_tells_who_changed_the_stack(tmp_path: Path) -> None:
    file = tmp_path / "stacks" / "Pulumi.prod.yaml"
    file.parent.mkdir()

    def commit(most: int, when: str) -> None:
        file.write_text(f"config:\n  trimtab:platform:\n    trainingPools:\n    - name: a\n      maxNodes: {most}\n")
        dated = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in
               (("NAME", "Mara Lind"), ("EMAIL", "mara@example.org"))}  # fmt: skip
        for command in (["add", "."], ["commit", "-qm", f"most {most}"]):
            subprocess.run(["git", *command], cwd=tmp_path, env={"PATH": "/usr/bin:/bin", **who, **dated}, check=True)

    assert GitCommits.around(file).config == ""
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    commit(2, "2026-11-20T10:00:00Z")
    commit(9, "2026-11-22T10:00:00Z")
    found = GitCommits.around(file)
    (one,) = found.between(SURGE - timedelta(days=2), SURGE)
    assert (one.author, one.subject, found.config) == ("Mara Lind", "most 9", "stacks/Pulumi.prod.yaml")
    assert changed_fields(one, "trainingPools[0].maxNodes") == ("maxNodes: 2 → 9",)


def test_points_are_laid_on_hours_and_hold_until_the_next() -> None:
    at = pd.Timestamp(NOW).tz_convert(None)
    points = pd.DataFrame({
        "resource_id": ["a", "a", "a"], "ts": [at - pd.Timedelta(hours=5), at - pd.Timedelta(hours=2), at],
        "units": [2.0, 3.0, 9.0],
    })  # fmt: skip
    found = of_points(points, NOW, "a test", days=1)
    assert found.hours == 24
    assert np.isnan(found.units["a"][:19]).all()
    assert found.units["a"][19:].tolist() == [2, 2, 2, 3, 3]


def test_two_places_tell_one_history() -> None:
    start = history().start
    one = UnitHistory(start, {"a": np.array([np.nan, 1.0])}, "first")
    two = UnitHistory(start, {"a": np.array([5.0, 5.0]), "b": np.array([2.0, 2.0])}, "second")
    both = unit_history([one, two])
    assert both.units["a"].tolist() == [5.0, 1.0]
    assert both.source == "first; second"
    with pytest.raises(ValueError, match="different hours"):
        unit_history([one, UnitHistory(start + pd.Timedelta(hours=1), {"c": np.array([1.0])})])
