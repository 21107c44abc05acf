"""CloudWatch, logs, SNS and SQS."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.local.awsprovider.cases.port import Case, World, fixed

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
LOGS = "aws:cloudwatch/logGroup:LogGroup"
TOPIC = "aws:sns/topic:Topic"
QUEUE = "aws:sqs/queue:Queue"


def _alarm(world: World) -> Props:
    return {
        "comparisonOperator": "GreaterThanThreshold",
        "evaluationPeriods": 3,
        "metricName": "ModelLatency",
        "namespace": "AWS/SageMaker",
        "dimensions": {"EndpointName": "fraud", "VariantName": "main"},
        "period": 60,
        "extendedStatistic": "p99",
        "threshold": 250000,
        "treatMissingData": "notBreaching",
        "alarmActions": [world.arn(TOPIC)],
        "tags": {"team": "ml"},
    }


def _policy(arn: str, action: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": action, "Resource": arn}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _body(title: str) -> str:
    metrics = [["AWS/SageMaker", "Invocations"]]
    properties = {"title": title, "metrics": metrics, "region": "eu-central-1"}
    widget = {"type": "metric", "x": 0, "y": 0, "width": 12, "height": 6, "properties": properties}
    return json.dumps({"widgets": [widget]})


def _threshold(world: World, alarm: str, _outputs: Props) -> None:
    world.boto("cloudwatch").put_metric_alarm(
        AlarmName=alarm,
        ComparisonOperator="GreaterThanThreshold",
        EvaluationPeriods=3,
        MetricName="ModelLatency",
        Namespace="AWS/SageMaker",
        Period=60,
        ExtendedStatistic="p99",
        Threshold=1.0,
    )


WATCH: dict[str, Case] = {
    ALARM: Case(
        inputs=_alarm,
        update=fixed(threshold=300000),
        replace=fixed(name="other"),
        behind=_threshold,
        seen="threshold",
    ),
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": Case(
        inputs=lambda w: {"alarmName": "any", "alarmRule": f'ALARM("{w.id(ALARM)}")'},
        update=fixed(alarmDescription="any of them"),
        replace=fixed(alarmName="other"),
    ),
    "aws:cloudwatch/dashboard:Dashboard": Case(
        inputs=fixed(dashboardName="serving", dashboardBody=_body("a")), update=fixed(dashboardBody=_body("b"))
    ),
    LOGS: Case(
        inputs=fixed(retentionInDays=365, tags={"team": "ml"}),
        update=fixed(retentionInDays=731),
        behind=lambda w, i, _o: w.boto("logs").put_retention_policy(logGroupName=i, retentionInDays=1),
        seen="retentionInDays",
    ),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": Case(
        inputs=lambda w: {
            "logGroupName": w.id(LOGS),
            "pattern": "ERROR",
            "metricTransformation": {"name": "errors", "namespace": "ml", "value": "1"},
        },
        update=fixed(pattern="FATAL"),
    ),
    TOPIC: Case(
        inputs=fixed(displayName="alerts", tags={"team": "ml"}),
        update=fixed(displayName="all alerts"),
        replace=fixed(name="other"),
        behind=lambda w, i, _o: w.boto("sns").set_topic_attributes(
            TopicArn=i, AttributeName="DisplayName", AttributeValue="x"
        ),
        seen="displayName",
    ),
    "aws:sns/topicPolicy:TopicPolicy": Case(
        inputs=lambda w: {"arn": w.id(TOPIC), "policy": _policy(w.id(TOPIC), "sns:Publish")},
        update=lambda w: {"policy": _policy(w.id(TOPIC), "sns:*")},
        stays=True,
    ),
    "aws:sns/topicSubscription:TopicSubscription": Case(
        inputs=lambda w: {"topic": w.id(TOPIC), "protocol": "sqs", "endpoint": w.arn(QUEUE)},
        update=fixed(rawMessageDelivery=True),
        replace=fixed(endpoint="arn:aws:sqs:eu-central-1:123456789012:other"),
    ),
    QUEUE: Case(
        inputs=fixed(visibilityTimeoutSeconds=60, sqsManagedSseEnabled=True, tags={"team": "ml"}),
        update=fixed(visibilityTimeoutSeconds=120),
        replace=fixed(name="other"),
        behind=lambda w, i, _o: w.boto("sqs").set_queue_attributes(QueueUrl=i, Attributes={"VisibilityTimeout": "5"}),
        seen="visibilityTimeoutSeconds",
    ),
    "aws:sqs/queuePolicy:QueuePolicy": Case(
        inputs=lambda w: {"queueUrl": w.id(QUEUE), "policy": _policy(w.arn(QUEUE), "sqs:SendMessage")},
        update=lambda w: {"policy": _policy(w.arn(QUEUE), "sqs:*")},
    ),
}
