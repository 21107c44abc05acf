"""Monitoring: what is drawn, what is watched, and the way from a violation to a retraining."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.components.single import Single, single, untagged
from trimtab.components.monitoring.jobs import expression
from trimtab.components.monitoring.widgets import COLUMNS, Graph, Heading, Metric, body

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

RULE = "aws:cloudwatch/eventRule:EventRule"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:retraining"
SPEC = {
    "alarmEmail": "ml@acme.example",
    "gpuIdlePercent": 7,
    "monitors": [{"endpoint": "fraud", "hoursBetweenRuns": 6, "groundTruthPrefix": "labels/fraud"}],
}


def watched(**more: Any) -> dict[str, Any]:
    return {
        "name": "fraud",
        "endpoint_name": "acme-dev-fraud",
        "saturation": ["/aws/sagemaker/Endpoints", "GPUUtilization"],
        "alarm_names": ["acme-dev-fraud-latency"],
        "alarm_arns": ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:acme-dev-fraud-latency"],
        **more,
    }


def made(make: Callable[..., Workspace], spec: dict[str, Any], *endpoints: dict[str, Any]) -> Single:
    inputs = {
        "endpoints": list(endpoints),
        "pools": [{"name": "nightly", "group_name": "acme-dev-nightly"}],
        "data_bucket": "data",
        "vpc_id": "vpc-0123456789abcdef0",
        "subnet_ids": ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
        "kms_key_arn": "arn:aws:kms:us-east-1:123456789012:key/1",
    }
    return single(make, "monitoring:Monitoring", "monitoring:Monitoring", spec, name="monitoring", inputs=inputs)


@pytest.mark.engine
def test_a_violation_raises_an_alarm_and_the_alarm_starts_the_retraining(
    make_workspace: Callable[..., Workspace], local_cloud: LocalCloud
) -> None:
    watch = made(make_workspace, SPEC, watched(retraining_arn=MACHINE))
    watch.is_stable()
    assert untagged(watch.result) == []
    drift = watch.named(ALARM, "monitoring-fraud-drift")
    found = watch.named(RULE, "monitoring-fraud-violations")
    assert drift.inputs["dimensions"] == {"RuleName": found.outputs["name"]}

    retrain = watch.named(RULE, "monitoring-fraud-retrain")
    assert json.loads(retrain.inputs["eventPattern"])["resources"] == [drift.outputs["arn"]]
    events = local_cloud.client("events")
    (target,) = events.list_targets_by_rule(Rule=retrain.outputs["name"])["Targets"]
    assert target["Arn"] == MACHINE
    queue = watch.only("aws:sqs/queue:Queue")
    assert target["DeadLetterConfig"]["Arn"] == queue.outputs["arn"]
    assert queue.inputs["kmsMasterKeyId"]
    policy = watch.document("aws:iam/rolePolicy:RolePolicy", "monitoring-fraud-retrain")
    assert [(s["Action"], s["Resource"]) for s in policy["Statement"]] == [("states:StartExecution", MACHINE)]

    schedules = {s.name: s.outputs for s in watch.result.of_type("aws:sagemaker/monitoringSchedule:MonitoringSchedule")}
    pattern = json.loads(found.inputs["eventPattern"])["detail"]
    assert sorted(pattern["MonitoringScheduleArn"]) == sorted(s["arn"] for s in schedules.values())
    kinds = {name: s["monitoringScheduleConfig"]["monitoringType"] for name, s in schedules.items()}
    assert kinds == {"monitoring-fraud-data": "DataQuality", "monitoring-fraud-model": "ModelQuality"}
    watch.leaves_nothing()


@pytest.mark.engine
def test_without_a_pipeline_drift_is_told_and_starts_nothing(
    make_workspace: Callable[..., Workspace], local_cloud: LocalCloud
) -> None:
    watch = made(make_workspace, {**SPEC, "monitors": [{"endpoint": "fraud"}]}, watched())
    assert [rule.name for rule in watch.result.of_type(RULE)] == ["monitoring-fraud-violations"]
    topic = watch.only("aws:sns/topic:Topic")
    (subscription,) = local_cloud.client("sns").list_subscriptions_by_topic(TopicArn=topic.outputs["arn"])[
        "Subscriptions"
    ]
    assert (subscription["Protocol"], subscription["Endpoint"]) == ("email", "ml@acme.example")
    policy = watch.document("aws:sns/topicPolicy:TopicPolicy", "monitoring-alarms-topic-policy")
    refused = next(s for s in policy["Statement"] if s["Effect"] == "Deny")
    assert refused["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    services = {s["Principal"].get("Service") for s in policy["Statement"] if s["Effect"] == "Allow"}
    assert {"cloudwatch.amazonaws.com", "events.amazonaws.com"} <= services
    key = watch.document("aws:kms/key:Key", "monitoring-alarms-key")
    allowed = {s["Principal"].get("Service") for s in key["Statement"]}
    assert {"cloudwatch.amazonaws.com", "events.amazonaws.com"} <= allowed, "or encrypted alarms are lost"


@pytest.mark.engine
def test_the_dashboard_shows_every_part(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    watch = made(make_workspace, {"alarmEmail": "ml@acme.example"}, watched())
    shown = local_cloud.client("cloudwatch").get_dashboard(DashboardName=watch.outputs["dashboardName"])
    text = shown["DashboardBody"]
    widgets = json.loads(text)["widgets"]
    assert {w["type"] for w in widgets} == {"text", "alarm", "metric"}
    assert "acme-dev-fraud" in text
    assert "acme-dev-nightly" in text
    idle = watch.named(ALARM, "monitoring-nightly-gpu-idle")
    assert (idle.inputs["threshold"], idle.inputs["period"] * idle.inputs["evaluationPeriods"]) == (5, 3600)
    light = watch.only("aws:cloudwatch/compositeAlarm:CompositeAlarm")
    assert light.inputs["alarmRule"] == 'ALARM("acme-dev-fraud-latency")'


def test_widgets_fill_rows_and_never_overlap() -> None:
    graph = Graph("g", [Metric("N", "m", {"D": "v"}, "p99", "label", right=True)])
    placed = body([Heading("one"), graph, graph, graph, graph, Heading("two")], "us-east-1")["widgets"]
    taken: set[tuple[int, int]] = set()
    for widget in placed:
        assert widget["x"] + widget["width"] <= COLUMNS
        cells = {
            (x, y)
            for x in range(widget["x"], widget["x"] + widget["width"])
            for y in range(widget["y"], widget["y"] + widget["height"])
        }
        assert not cells & taken
        taken |= cells
    assert placed[1]["properties"]["metrics"] == [
        ["N", "m", "D", "v", {"stat": "p99", "label": "label", "yAxis": "right"}]
    ]


@pytest.mark.parametrize(
    ("hours", "when"), [(1, "cron(0 * ? * * *)"), (6, "cron(0 0/6 ? * * *)"), (24, "cron(0 0 ? * * *)")]
)
def test_a_monitor_runs_every_so_many_hours(hours: int, when: str) -> None:
    assert expression(hours) == when
