"""CloudWatch: batches, pages and divisors against a recorded client; the real calls against moto's server."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from trimtab.cost.model import Resource
from trimtab.cost.sources.cloudwatch import BATCH, CloudWatch, period_seconds, queries
from trimtab.spec.errors import WorldError

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass
class Recorded:
    """Answers two points a query, one query a page, and keeps what it was asked."""

    requests: list[dict[str, Any]] = field(default_factory=list)

    def get_metric_data(self, **request: Any) -> dict[str, Any]:
        self.requests.append(request)
        asked = request["MetricDataQueries"]
        place = int(request.get("NextToken", "0"))
        moments = [NOW - timedelta(minutes=10), NOW - timedelta(minutes=5)]
        result = {"Id": asked[place]["Id"], "Timestamps": moments, "Values": [100.0, 200.0]}
        more = {"NextToken": str(place + 1)} if place + 1 < len(asked) else {}
        return {"MetricDataResults": [result], **more}


def read(connection: Backend, client: Recorded, resources: list[Resource]) -> Any:
    source = CloudWatch(connection, lambda _region: client, 14, NOW)
    return source.samples(resources, None)


def test_every_page_is_read(connection: Backend) -> None:
    client = Recorded()
    table = read(connection, client, [Resource(resource_id="i-1", kind="machine")]).table.to_pandas()
    assert sorted(table["metric"].unique()) == ["cpu_utilization_percent", "memory_utilization_percent"]
    assert len(table) == 4
    assert len(client.requests) == 2


def test_queries_are_asked_in_batches(connection: Backend) -> None:
    client = Recorded()
    read(connection, client, [Resource(resource_id=f"i-{n}", kind="machine") for n in range(BATCH)])
    first = [request for request in client.requests if "NextToken" not in request]
    assert [len(request["MetricDataQueries"]) for request in first] == [BATCH, BATCH]


def test_what_the_service_adds_up_is_divided_by_what_the_instance_holds(connection: Backend) -> None:
    endpoint = Resource(
        resource_id="e",
        kind="sagemaker-endpoint",
        instance_type="ml.g5.12xlarge",
        dimensions={"EndpointName": "e", "VariantName": "a"},
    )
    client = Recorded()
    table = read(connection, client, [endpoint]).table.to_pandas()
    gpu = table[table["metric"] == "gpu_utilization_percent"]["value"]
    cpu = table[table["metric"] == "cpu_utilization_percent"]["value"]
    assert sorted(gpu) == [100 / 4, 200 / 4]  # four GPUs
    assert sorted(cpu) == [100 / 48, 200 / 48]  # 48 vCPUs
    metric = client.requests[0]["MetricDataQueries"][0]["MetricStat"]["Metric"]
    assert metric["Namespace"] == "/aws/sagemaker/Endpoints"
    assert metric["Dimensions"] == [
        {"Name": "EndpointName", "Value": "e"},
        {"Name": "VariantName", "Value": "a"},
    ]


def test_an_unknown_instance_type_is_named_and_not_guessed() -> None:
    asked, defects = queries([Resource(resource_id="e", kind="sagemaker-endpoint", instance_type="ml.new.xlarge")])
    assert asked == []
    assert [(one.code, one.count) for one in defects] == [("unknown-shape", 2)]


@pytest.mark.parametrize(("days", "seconds"), [(1, 60), (15, 60), (16, 300), (63, 300), (64, 3600), (455, 3600)])
def test_the_finest_period_that_is_still_kept(days: int, seconds: int) -> None:
    assert period_seconds(days) == seconds


def test_a_service_that_cannot_be_reached_is_not_an_empty_answer(connection: Backend) -> None:
    class Unreachable:
        def get_metric_data(self, **_request: Any) -> dict[str, Any]:
            raise EndpointConnectionError(endpoint_url="https://monitoring.example")

    source = CloudWatch(connection, lambda _region: Unreachable(), 14, NOW)
    with pytest.raises(WorldError, match="nothing was changed"):
        source.samples([Resource(resource_id="i-1", kind="machine")], None)


def test_moto_s_points_come_back(connection: Backend, moto: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in moto.items():
        monkeypatch.setenv(name, value)
    now = datetime.now(tz=UTC).replace(second=0, microsecond=0)
    moments = [now - timedelta(minutes=5 * back) for back in range(1, 41)]
    put = [
        {
            "MetricName": "CPUUtilization",
            "Dimensions": [{"Name": "InstanceId", "Value": "i-moto"}],
            "Timestamp": moment,
            "Value": float(place),
        }
        for place, moment in enumerate(moments)
    ]
    boto3.client("cloudwatch").put_metric_data(Namespace="AWS/EC2", MetricData=put)
    source = CloudWatch.from_environment(connection, days=1)
    frame = source.samples([Resource(resource_id="i-moto", kind="machine")], None).table.to_pandas()
    assert sorted(frame["value"]) == [float(place) for place in range(40)]
    assert frame["ts"].max() == moments[0].replace(tzinfo=None)
