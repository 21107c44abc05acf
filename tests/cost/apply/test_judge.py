"""The test that a change must pass, and what it is found to save."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.cost.reports.sample import NOW, recommendation, resource
from trimtab.cost.apply.watch import default_seconds, parse_duration
from trimtab.cost.apply.watch.alarms import about
from trimtab.cost.apply.watch.errors import chance
from trimtab.cost.apply.watch.judge import Seen, judge
from trimtab.cost.apply.watch.port import Count, Load, Units
from trimtab.cost.model import Change, Unpriced, Verdict
from trimtab.cost.model.verification import Realised, Unrealised
from trimtab.spec.changes import WatchMinutes
from trimtab.spec.errors import UserError

ADVICE = recommendation(resource("scorer"), 2, trace=False)
CHANGE = Change(advice=ADVICE, edits=ADVICE.edits)
GOOD = Seen(
    since=NOW, until=NOW + timedelta(minutes=30), seconds=1800, alarms=(),
    loads=tuple(Load(NOW + timedelta(minutes=n), 0.6) for n in range(30)), before=Count(24, 24000),
    before_seconds=86400, after=Count(0, 500), units=(Units(2, "ml.g5.xlarge"),),
)  # fmt: skip


def loads(*shares: float) -> tuple[Load, ...]:
    return tuple(Load(NOW + timedelta(minutes=n), share) for n, share in enumerate(shares))


def test_a_good_change_is_kept() -> None:
    verification = judge(CHANGE, GOOD)
    assert verification.verdict is Verdict.KEPT
    assert all(check.passed for check in verification.checks)
    assert verification.samples == 30


@pytest.mark.parametrize(
    ("seen", "check"),
    [
        ({"alarms": ("scorer-latency",)}, "alarms"),
        ({"loads": loads(0.5, 0.5)}, "samples"),
        ({"loads": ()}, "samples"),
        ({"loads": loads(0.5, 0.6, 1.0)}, "saturation"),
        ({"loads": loads(*[0.5] * 100, 1.0)}, "saturation"),
        ({"after": Count(10, 500)}, "errors"),
        ({"unreadable": "cloudwatch: refused"}, "samples"),
    ],
)
def test_a_bad_one_is_not(seen: dict[str, Any], check: str) -> None:
    verification = judge(CHANGE, replace(GOOD, **seen))
    assert verification.verdict is Verdict.ROLLED_BACK
    assert [one.name for one in verification.checks if not one.passed] == [check]
    assert check in verification.reason


def test_the_budget_bears_a_saturated_sample_in_two_hundred() -> None:
    assert judge(CHANGE, replace(GOOD, loads=loads(*[0.5] * 199, 1.0))).verdict is Verdict.KEPT


def test_a_pool_that_runs_nothing_cannot_be_overloaded() -> None:
    assert judge(CHANGE, replace(GOOD, loads=(), units=(Units(0, ""),))).verdict is Verdict.KEPT


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # With one error in 48 times the exposure, one more has the chance 1 - (48/49)^2 = 4.04 %.
        (Count(1, 48), Count(1, 1), 1 - (48 / 49) ** 2),
        # None before: all k errors fall into the second part with its share to the k.
        (Count(0, 300), Count(3, 100), 0.25**3),
        (Count(5, 100), Count(0, 100), 1.0),
        # Nobody counts requests: the time is the exposure.
        (Count(0, None), Count(2, None), (1800 / (86400 + 1800)) ** 2),
    ],
)
def test_the_chance_of_a_rise(before: Count, after: Count, expected: float) -> None:
    assert chance(before, after, 86400, 1800) == pytest.approx(expected)


def test_what_it_saves_is_what_does_not_run() -> None:
    # 4 paid for, 2.5 ran on average once it had settled: 1.5 units at 1.408 an hour for 730 hours.
    looks = (Units(4, ""), Units(4, ""), Units(2, ""), Units(3, ""))
    found = judge(CHANGE, replace(GOOD, units=looks)).realised
    assert isinstance(found, Realised)
    assert found.monthly == Decimal("1541.76")


def test_a_change_of_type_saves_once_the_type_runs() -> None:
    edit = ADVICE.edits[0].model_copy(
        update={"unit": "instanceType", "before": "ml.g5.xlarge", "after": "ml.g4dn.xlarge"}
    )
    change = Change(advice=ADVICE, edits=(edit,))
    there = judge(change, replace(GOOD, units=(Units(4, "ml.g4dn.xlarge"),))).realised
    absent = judge(change, replace(GOOD, units=(Units(4, "ml.g5.xlarge"),))).realised
    assert isinstance(there, Realised)
    assert isinstance(absent, Realised)
    assert (there.monthly, absent.monthly) == (Decimal("2055.680"), Decimal(0))


def test_a_saving_that_is_not_known_is_no_zero() -> None:
    unpriced = ADVICE.model_copy(update={"savings": Unpriced(reason="in no list")})
    assert isinstance(judge(Change(advice=unpriced, edits=ADVICE.edits), GOOD).realised, Unrealised)
    assert isinstance(judge(CHANGE, replace(GOOD, units=())).realised, Unrealised)


def alarm(**fields: Any) -> dict[str, Any]:
    return {
        "AlarmName": "a", "MetricName": "ModelLatency", "ComparisonOperator": "GreaterThanThreshold",
        "Dimensions": [{"Name": "EndpointName", "Value": "scorer"}], "AlarmActions": ["arn:aws:sns:eu-west-1:1:t"],
        **fields,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "counts"),
    [
        ({}, True),
        ({"Dimensions": [{"Name": "EndpointName", "Value": "other"}]}, False),
        ({"AlarmActions": ["arn:aws:autoscaling:eu-west-1:1:scalingPolicy:x"]}, False),
        ({"AlarmActions": []}, True),
        ({"MetricName": "GPUUtilization", "ComparisonOperator": "LessThanThreshold"}, False),
        ({"MetricName": "GPUUtilization"}, True),
        (
            {
                "Dimensions": [],
                "Metrics": [
                    {"Id": "r", "Expression": "a/b"},
                    {"Id": "a", "MetricStat": {"Metric": {"Dimensions": [{"Name": "E", "Value": "scorer"}]}}},
                ],
            },
            True,
        ),
    ],
)
def test_which_alarms_are_complaints(fields: dict[str, Any], counts: bool) -> None:
    assert about(alarm(**fields), resource("scorer")) is counts


@pytest.mark.parametrize(("text", "seconds"), [("45s", 45), ("30m", 1800), ("2h", 7200)])
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "30", "0s", "-5m", "1.5h", "200h", "soon"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(UserError, match="--watch"):
        parse_duration(text)


def test_the_longest_class_decides() -> None:
    critical = resource("vital").model_copy(update={"service_class": "critical"})
    other = recommendation(critical, 2, trace=False)
    both = [CHANGE, Change(advice=other, edits=other.edits)]
    assert default_seconds([CHANGE], WatchMinutes()) == 1800
    assert default_seconds(both, WatchMinutes()) == 3600
    assert default_seconds(both, WatchMinutes(standard=90)) == 5400
