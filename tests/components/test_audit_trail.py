"""The audit trail through the real engine: what it records, who may write to its bucket, what nobody may change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.components.single import Single, single, untagged

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

pytestmark = pytest.mark.engine
DATA = "arn:aws:s3:::acme-data"


def audit(make: Callable[..., Workspace], *, inputs: Any = None, **spec: Any) -> Single:
    return single(make, "audit_trail:AuditTrail", "audit:AuditTrail", spec, name="audit", inputs=inputs)


def recorded(made: Single) -> dict[str, list[str]]:
    """Resource type → ARN prefixes, of the data events that the trail records."""
    trail = made.only("aws:cloudtrail/trail:Trail").inputs
    found: dict[str, list[str]] = {}
    for selector in trail["advancedEventSelectors"]:
        fields = {item["field"]: item for item in selector["fieldSelectors"]}
        if fields["eventCategory"]["equals"] == ["Data"]:
            (kind,) = fields["resources.type"]["equals"]
            found[kind] = fields["resources.ARN"]["startsWiths"] if "resources.ARN" in fields else []
    return found


def only_this_trail_and_this_account_write(made: Single, region: str) -> None:
    evidence = made.document("aws:s3/bucketPolicy:BucketPolicy", "audit-evidence-policy")
    allowed = [statement for statement in evidence["Statement"] if statement["Effect"] == "Allow"]
    assert {str(statement["Principal"]) for statement in allowed} == {"{'Service': 'cloudtrail.amazonaws.com'}"}
    sources = {statement["Condition"]["StringEquals"]["aws:SourceArn"] for statement in allowed}
    assert sources == {made.outputs["trailArn"]}
    history = made.document("aws:s3/bucketPolicy:BucketPolicy", "audit-config-policy")
    allowed = [statement for statement in history["Statement"] if statement["Effect"] == "Allow"]
    assert all("aws:SourceAccount" in statement["Condition"]["StringEquals"] for statement in allowed)
    key = made.document("aws:kms/key:Key", "audit-key")
    conditions = {statement["Principal"].get("Service"): statement.get("Condition") for statement in key["Statement"]}
    assert set(conditions) == {
        None,  # the account itself
        f"logs.{region}.amazonaws.com",
        "cloudtrail.amazonaws.com",
        "config.amazonaws.com",
    }
    assert all(condition for service, condition in conditions.items() if service)
    # AWS Config delivers to no bucket whose object lock has a default retention.
    locks = made.result.of_type("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration")
    assert [lock.name for lock in locks] == ["audit-evidence-lock"]


def test_defaults_come_up_stay_and_go(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    made = audit(make_workspace)
    made.is_stable()
    outputs = made.outputs
    assert untagged(made.result) == []
    (trail,) = local_cloud.client("cloudtrail").describe_trails(trailNameList=["acme-dev-audit"])["trailList"]
    assert trail["TrailARN"] == outputs["trailArn"]
    assert trail["S3BucketName"] == outputs["evidenceBucket"]
    assert trail["IsMultiRegionTrail"]
    assert trail["LogFileValidationEnabled"]
    assert trail["KmsKeyId"] == outputs["kmsKeyArn"]
    assert recorded(made) == {"AWS::SageMaker::MLflow": [], "AWS::SageMaker::ExperimentTrialComponent": []}
    assert made.only("aws:cloudwatch/logGroup:LogGroup").inputs["retentionInDays"] == 365
    s3 = local_cloud.client("s3")
    lock = s3.get_object_lock_configuration(Bucket=outputs["evidenceBucket"])["ObjectLockConfiguration"]
    assert lock["Rule"]["DefaultRetention"]["Mode"] == "COMPLIANCE"
    assert lock["Rule"]["DefaultRetention"]["Days"] == 365
    assert len(made.result.of_type("aws:cfg/recorder:Recorder")) == 1
    assert len(outputs["configRuleNames"]) == 4
    only_this_trail_and_this_account_write(made, local_cloud.state.region)
    assert made.findings() == []
    made.leaves_nothing()
    assert local_cloud.client("cloudtrail").describe_trails(trailNameList=["acme-dev-audit"])["trailList"] == []


def test_high_risk_system_with_buckets_and_a_recorder_elsewhere(make_workspace: Callable[..., Workspace]) -> None:
    made = audit(
        make_workspace,
        euAiActRisk="high",
        logRetentionDays=3653,
        configRecorder="existing",
        inputs={"bucket_arns": [DATA]},
    )
    made.is_stable()
    assert recorded(made) == {
        "AWS::S3::Object": [f"{DATA}/"],
        "AWS::SageMaker::MLflow": [],
        "AWS::SageMaker::ExperimentTrialComponent": [],
        "AWS::SageMaker::Endpoint": [],
        "AWS::SageMaker::FeatureGroup": [],
    }
    assert made.result.of_type("aws:cfg/recorder:Recorder") == []
    assert made.outputs.get("configBucket") is None
    assert made.only("aws:cloudwatch/logGroup:LogGroup").inputs["retentionInDays"] == 3653
    made.leaves_nothing()
