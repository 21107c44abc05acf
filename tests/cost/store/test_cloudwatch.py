"""CloudWatch through the store, against moto's server: the same samples, asked for once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pandas as pd

from trimtab.cli.cost.sampling import Sampling
from trimtab.cost.model import Resource
from trimtab.cost.sources.cloudwatch import CloudWatch
from trimtab.cost.sources.engine import connect
from trimtab.cost.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MACHINE = Resource(resource_id="i-stored", kind="machine", region="eu-west-1")


class Counting:
    """moto's CloudWatch, with the hours that it was asked for."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.hours = 0.0
        self.client: Any = boto3.client(
            "cloudwatch", region_name="eu-west-1", endpoint_url=environment["AWS_ENDPOINT_URL"],
            aws_access_key_id="testing", aws_secret_access_key="testing",
        )  # fmt: skip

    def get_metric_data(self, **request: Any) -> Any:
        if "NextToken" not in request:
            self.hours += (request["EndTime"] - request["StartTime"]).total_seconds() / 3600
        return self.client.get_metric_data(**request)


def frame_of(source: CloudWatch | Any, until: datetime | None = None) -> pd.DataFrame:
    frame: pd.DataFrame = source.samples([MACHINE], until).table.to_pandas()
    return frame.sort_values(["metric", "ts"]).reset_index(drop=True)


def test_the_second_run_asks_for_the_rest_and_the_third_for_nothing(
    moto: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(tz=UTC).replace(minute=0, second=0, microsecond=0)
    counting = Counting(moto)
    data = [
        {"MetricName": "CPUUtilization", "Dimensions": [{"Name": "InstanceId", "Value": "i-stored"}],
         "Timestamp": now - timedelta(hours=back), "Value": float(back)}
        for back in range(1, 24 * 12)
    ]  # fmt: skip
    counting.client.put_metric_data(Namespace="AWS/EC2", MetricData=data)

    def source(**options: Any) -> CloudWatch:
        moment = options.pop("now", now)
        keeper = {"keeper": Store(tmp_path, "cloudwatch", moment, **options)} if options.pop("kept", True) else {}
        return CloudWatch(connect(), lambda _region: counting, 14, moment, **keeper)

    plain = CloudWatch(connect(), lambda _region: counting, 14, now)
    expected = frame_of(plain)
    assert len(expected) == len(data)
    counting.hours = 0
    week_ago = source(now=now - timedelta(days=7))
    frame_of(week_ago)
    first, counting.hours = counting.hours, 0
    assert first >= 14 * 24
    pd.testing.assert_frame_equal(frame_of(source()), expected)
    assert counting.hours <= (7 + 3) * 24  # the week, the two days that may be late, the rest of a day
    for name, value in moto.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")  # nobody answers there
    offline = Sampling("cloudwatch", None, (), None, 14, tmp_path, offline=True)
    pd.testing.assert_frame_equal(frame_of(offline.open(connect())), expected)
