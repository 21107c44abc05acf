"""Percentiles and composite alarms."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from tests.local.cloud.conftest import Client

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def _data(cloudwatch: Any, name: str, stat: str) -> list[float]:
    metric = {"Namespace": "ml", "MetricName": name}
    query = {"Id": "a", "MetricStat": {"Metric": metric, "Period": 300, "Stat": stat}}
    answer = cloudwatch.get_metric_data(
        MetricDataQueries=[query], StartTime=NOW, EndTime=NOW + dt.timedelta(minutes=10)
    )
    values: list[float] = answer["MetricDataResults"][0]["Values"]
    return values


@pytest.mark.parametrize("rank", [0, 50, 90, 99, 99.9, 100])
def test_percentiles_lie_between_the_ranks(client: Client, rank: float) -> None:
    cloudwatch = client("cloudwatch")
    name = f"latency-{rank}"
    values = [float(value) for value in range(100, 0, -1)]
    data = [
        {"MetricName": name, "Timestamp": NOW + dt.timedelta(seconds=index), "Value": value}
        for index, value in enumerate(values)
    ]
    cloudwatch.put_metric_data(Namespace="ml", MetricData=data)
    assert _data(cloudwatch, name, f"p{rank}") == [pytest.approx(np.percentile(values, rank))]
    assert _data(cloudwatch, name, "Maximum") == [100]


def test_a_composite_alarm(client: Client) -> None:
    cloudwatch = client("cloudwatch")
    cloudwatch.put_composite_alarm(AlarmName="any", AlarmRule='ALARM("a") OR ALARM("b")')
    (found,) = cloudwatch.describe_alarms(AlarmNames=["any"], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
    assert found["AlarmRule"] == 'ALARM("a") OR ALARM("b")'
    cloudwatch.delete_alarms(AlarmNames=["any"])
    assert cloudwatch.describe_alarms(AlarmNames=["any"])["CompositeAlarms"] == []
