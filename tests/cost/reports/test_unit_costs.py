"""Money of the week by group, and what one piece of work costs, from what ran and what was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tests.cost.account.conftest import REGION, Account
from tests.cost.reports.sample import NOW, history, inputs, resource
from trimtab.cost.reports import Report, build, to_html
from trimtab.cost.reports.history import from_cloudwatch, unit_history
from trimtab.cost.reports.history.units import predictions_of
from trimtab.cost.reports.model import Unforeseen, Use, WeekOnWeek

HOURS = 45
"""Monday 0 h to Tuesday 21 h."""


def each(report: Report) -> dict[tuple[str, str], Decimal]:
    return {(one.subject, one.measure): one.each for one in report.unit_costs}


def test_a_thousand_predictions_cost_what_ran_over_what_was_answered() -> None:
    report = build(inputs())
    # 4 instances at 1.408 answer 36,000 times an hour.
    assert each(report)["fraud-scorer", "1,000 predictions"] == pytest.approx(
        Decimal("5.632") / 36, abs=Decimal("1e-6")
    )
    # chat-llm answers 900 times an hour and instance: 1.408 / 0.9.
    assert each(report)["chat-llm", "1,000 predictions"] == pytest.approx(
        Decimal("1.408") / Decimal("0.9"), abs=Decimal("1e-4")
    )


def test_a_training_gpu_hour_is_an_eighth_of_a_node_of_eight_and_dearer_where_gpus_idle() -> None:
    report = build(inputs())
    assert each(report)["nightly-pool", "training GPU-hour"] == Decimal("4.096575")  # 32.7726 / 8
    (use,) = [one.use for one in report.lines if one.subject == "nightly-pool"]
    assert isinstance(use, Use)
    busy = each(report)["nightly-pool", "busy training GPU-hour"]
    assert float(busy) == pytest.approx(32.7726 / 8 / use.mean)


def test_what_did_no_known_work_has_no_cost_of_it() -> None:
    told = history()
    silent = replace(told, predictions={"fraud-scorer": np.full(told.hours, np.nan)})
    measures = {measure for _, measure in each(build(replace(inputs(), history=silent)))}
    assert measures == {"training GPU-hour", "busy training GPU-hour"}
    nothing = build(replace(inputs(), history=None))
    assert nothing.unit_costs == ()
    assert "nothing told how many predictions" in to_html(nothing)


def test_the_weeks_of_every_grouping_add_up_to_the_week() -> None:
    report = build(inputs())
    whole = report.outlook.week
    assert isinstance(whole, WeekOnWeek)
    for groups in (report.by_component, report.by_owner, report.by_model, report.by_environment, report.by_resource):
        weeks = [one.week for one in groups if isinstance(one.week, WeekOnWeek)]
        assert len(weeks) == len(groups)
        assert float(sum(one.spent for one in weeks)) == pytest.approx(float(whole.spent), abs=0.001)
        assert float(sum(one.before for one in weeks)) == pytest.approx(float(whole.before), abs=0.001)


def test_what_nothing_told_the_units_of_costs_the_same_in_both_weeks() -> None:
    told = history()
    partly = replace(told, units={name: units for name, units in told.units.items() if name != "fraud-scorer"})
    report = build(replace(inputs(), history=partly))
    (fraud,) = [one.week for one in report.by_resource if one.name == "fraud-scorer"]
    assert isinstance(fraud, WeekOnWeek)
    assert fraud.spent == fraud.before == Decimal("5.632") * HOURS


def test_without_a_history_no_group_has_a_week() -> None:
    report = build(replace(inputs(), history=None))
    assert all(isinstance(one.week, Unforeseen) for one in (*report.by_owner, *report.by_model))


def test_answers_are_laid_on_the_hours_and_a_silent_hour_stays_unknown() -> None:
    until = NOW.replace(hour=3)
    at = [until.replace(tzinfo=None) - timedelta(hours=back) for back in (2, 2, 1)]
    points = pd.DataFrame({"resource_id": "a", "ts": pd.to_datetime(at), "value": [5.0, 6.0, 7.0]})
    laid = predictions_of(points, until, days=1)["a"]
    assert len(laid) == 24
    assert laid[-2:].tolist() == [11.0, 7.0]
    assert np.isnan(laid[:-2]).all()


def test_joined_histories_keep_the_answers() -> None:
    one, other = history(), history()
    parts = [replace(one, predictions={"a": one.units["chat-llm"]}), replace(other, predictions={})]
    assert set(unit_history(parts).predictions) == {"a"}


def test_cloudwatch_tells_what_ran_and_what_was_answered(moto: dict[str, str]) -> None:
    account, until = Account(moto), datetime.now(tz=UTC).replace(minute=0, second=0, microsecond=0)
    dimensions = [{"Name": "EndpointName", "Value": "scorer"}]
    points = [
        {"MetricName": name, "Dimensions": dimensions, "Value": value, "Timestamp": until - timedelta(hours=back)}
        for back in (1, 2, 3)
        for name, value in (("Invocations", 1200.0), ("InvocationsPerInstance", 300.0))
    ]
    account.client("cloudwatch").put_metric_data(Namespace="AWS/SageMaker", MetricData=points)
    scorer = resource("scorer").model_copy(update={"region": REGION})
    told = from_cloudwatch([scorer], lambda region: account.client("cloudwatch", region), until, days=2)
    assert told.units["scorer"][-3:].tolist() == [4.0, 4.0, 4.0]
    assert told.predictions["scorer"][-3:].tolist() == [1200.0, 1200.0, 1200.0]
    assert np.isnan(told.predictions["scorer"][:-3]).all()
