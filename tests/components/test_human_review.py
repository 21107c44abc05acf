"""Human review through the real engine: who may start it, where decisions lie, who is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.components.single import Single, single, untagged
from trimtab.components.human_review.task import template
from trimtab.spec.serving import ServingEndpoint

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

IMAGE = f"123456789012.dkr.ecr.us-east-1.amazonaws.com/fraud@sha256:{'0' * 64}"
TOPIC = "arn:aws:sns:us-east-1:123456789012:alarms"
COGNITO = {
    "type": "cognito",
    "userPoolId": "us-east-1_Pool",
    "clientId": "client",
    "userGroup": "fraud",
    "workforce": "own",
}
ENDPOINT: dict[str, Any] = {
    "name": "fraud",
    "euAiActRisk": "high",
    "model": {"type": "registered", "group": "fraud", "version": 3, "image": IMAGE, "dataKey": "fraud/3.tar.gz"},
    "capacity": {
        "form": "real-time",
        "instanceType": "ml.m5.large",
        "minInstances": 2,
        "maxInstances": 4,
        "targetInvocationsPerInstance": 600,
    },
    "humanReview": {
        "team": COGNITO,
        "instructions": "Is <this> fraud?",
        "outcomes": ["fraud", "legitimate"],
        "answers": {"belowConfidencePercent": 80, "score": "probability"},
        "keptDays": 400,
    },
}


def reviewed(make: Callable[..., Workspace]) -> Single:
    inputs = {
        "capture_bucket": "captures",
        "capture_key_arn": "arn:aws:kms:us-east-1:123456789012:key/captures",
        "capture_events": True,
        "alarm_topic_arn": TOPIC,
    }
    declared = {"endpoints": [ENDPOINT]}
    return single(make, "human_review:HumanReview", "reviews:Reviews", declared, name="reviews", inputs=inputs)


@pytest.mark.engine
def test_answers_are_sent_decided_kept_and_failures_told(
    make_workspace: Callable[..., Workspace], local_cloud: LocalCloud
) -> None:
    made = reviewed(make_workspace)
    made.is_stable()
    assert untagged(made.result) == []
    assert made.findings() == []
    flow = made.only("aws:sagemaker/flowDefinition:FlowDefinition")
    found = local_cloud.client("sagemaker").describe_flow_definition(FlowDefinitionName="acme-dev-fraud")
    assert found["FlowDefinitionArn"] == made.outputs["flowArns"]["fraud"]
    assert found["HumanLoopConfig"]["WorkteamArn"].endswith(":workteam/private-crowd/acme-dev-fraud")
    assert found["OutputConfig"] == {
        "S3OutputPath": f"s3://{made.outputs['answersBucket']}/fraud",
        "KmsKeyId": made.outputs["kmsKeyArn"],
    }
    assert flow.inputs["tags"]["EuAiActRisk"] == "high"

    lock = made.only("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration")
    assert lock.inputs["rule"]["defaultRetention"] == {"mode": "COMPLIANCE", "days": 400}

    policy = made.document("aws:iam/rolePolicy:RolePolicy", "reviews-fraud-sender")
    (start,) = [one for one in policy["Statement"] if one["Action"] == "sagemaker:StartHumanLoop"]
    assert start["Resource"] == flow.outputs["arn"]
    (read,) = [one for one in policy["Statement"] if one["Sid"] == "ReadCaptures"]
    assert read["Resource"] == "arn:aws:s3:::captures/capture/fraud/*"

    rules = {rule.name: rule for rule in made.result.of_type("aws:cloudwatch/eventRule:EventRule")}
    failed = json.loads(rules["reviews-failed"].inputs["eventPattern"])["detail"]
    assert failed == {"humanLoopStatus": ["Failed", "Stopped"], "flowDefinitionArn": [flow.outputs["arn"]]}
    events = local_cloud.client("events")
    (told,) = events.list_targets_by_rule(Rule=rules["reviews-failed"].outputs["name"])["Targets"]
    assert told["Arn"] == TOPIC
    (sent,) = events.list_targets_by_rule(Rule=rules["reviews-fraud-captured"].outputs["name"])["Targets"]
    function = made.only("aws:lambda/function:Function")
    assert sent["Arn"] == function.outputs["arn"]
    assert sent["DeadLetterConfig"]["Arn"] == made.only("aws:sqs/queue:Queue").outputs["arn"]
    assert function.inputs["environment"]["variables"]["BELOW_CONFIDENCE"] == "80"
    made.leaves_nothing()


def test_the_task_shows_request_and_answer_and_escapes_what_was_declared() -> None:
    endpoint = ServingEndpoint.model_validate(ENDPOINT)
    assert endpoint.human_review is not None
    page = template(endpoint, endpoint.human_review)
    assert "{{ task.input.request }}" in page
    assert "{{ task.input.answer }}" in page
    assert "Is &lt;this&gt; fraud?" in page
    assert 'categories="[&quot;fraud&quot;, &quot;legitimate&quot;]"' in page
    own = endpoint.human_review.model_copy(update={"template": "<crowd-form></crowd-form>"})
    assert template(endpoint, own) == "<crowd-form></crowd-form>"
