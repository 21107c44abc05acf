"""Volumes, buckets, images, logs and file systems on moto, with what each costs by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.cost.account.conftest import IMAGE, REGION, TAGS
from trimtab.cost.account.base import Found
from trimtab.cost.account.ecr_repository import ECR_REPOSITORY
from trimtab.cost.account.finding import Finding, Saves
from trimtab.cost.account.s3_bucket import S3_BUCKET

if TYPE_CHECKING:
    from tests.cost.account.conftest import Account


def saves(finding: Finding) -> Decimal:
    assert isinstance(finding.savings, Saves), finding.savings
    return finding.savings.monthly


def test_a_volume_attached_to_nothing_becomes_a_snapshot(shared: Account) -> None:
    ec2 = shared.client("ec2")
    tags = [{"ResourceType": "volume", "Tags": TAGS}]
    volume = ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=200, VolumeType="gp3", TagSpecifications=tags)
    (found,) = shared.scan("ebs-volume", of=[volume["VolumeId"]]).findings
    assert (found.resource_id, found.action, found.owner.team) == (volume["VolumeId"], "delete", "fraud")
    assert saves(found) == Decimal("6.00")  # 200 GiB at 0.08, less a snapshot of at most 200 GiB at 0.05
    assert "snapshot first" in found.cautions[0]


def test_a_gp2_volume_in_use_becomes_a_gp3_that_is_as_fast(shared: Account) -> None:
    ec2 = shared.client("ec2")
    instance = ec2.run_instances(ImageId=IMAGE, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    volume = ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=2_000, VolumeType="gp2")["VolumeId"]
    ec2.attach_volume(VolumeId=volume, InstanceId=instance, Device="/dev/sdf")
    (found,) = shared.scan("ebs-volume", of=[volume]).findings
    assert found.changes == {"volumeType": "gp3", "iops": 6_000, "throughput": 250}
    # 2,000 · (0.10 - 0.08) - 3,000 IOPS · 0.005 - 125 MiB/s · 0.04
    assert saves(found) == Decimal("20.00")


def test_a_young_volume_is_not_judged(shared: Account) -> None:
    shared.client("ec2").create_volume(AvailabilityZone=f"{REGION}a", Size=8, VolumeType="gp3")
    document = shared.scan("ebs-volume", now=datetime.now(tz=UTC))
    assert document.seen["ebs-volume"] >= 1
    assert document.findings == ()


def test_a_log_group_that_keeps_everything_gets_a_retention(account: Account) -> None:
    logs = account.client("logs")
    logs.create_log_group(logGroupName="/for/ever", tags={"Team": "fraud"})
    logs.create_log_group(logGroupName="/a/month")
    logs.put_retention_policy(logGroupName="/a/month", retentionInDays=30)
    logs.create_log_stream(logGroupName="/for/ever", logStreamName="s")
    event = {"timestamp": int(datetime.now(tz=UTC).timestamp() * 1000), "message": "x" * 1_000}
    logs.put_log_events(logGroupName="/for/ever", logStreamName="s", logEvents=[event])
    (found,) = account.scan("log-group").findings
    assert (found.resource_id, found.action, found.owner.team) == ("/for/ever", "change", "fraud")
    assert found.changes == {"retentionInDays": 365}


def test_untagged_old_images_are_what_a_policy_would_expire() -> None:
    facts = {"images": 12, "oldUntagged": 9, "oldBytes": 90 * 2**30, "lifecyclePolicy": False}
    verdict = ECR_REPOSITORY.judge(Found("models", REGION, facts), {})
    assert verdict is not None
    assert verdict.before[0].quantity == 90
    assert "9 of 12 images" in verdict.because
    assert ECR_REPOSITORY.judge(Found("models", REGION, {**facts, "lifecyclePolicy": True}), {}) is None
    assert ECR_REPOSITORY.judge(Found("models", REGION, {**facts, "oldUntagged": 0}), {}) is None


def test_repositories_are_read_with_their_images_and_policies(account: Account) -> None:
    ecr = account.client("ecr")
    manifest = '{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "name": "%s"}'
    for name in ("bare", "kept"):
        ecr.create_repository(repositoryName=name)
        ecr.put_image(repositoryName=name, imageManifest=manifest % name, imageTag="v1")
    expired = {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 30}
    rule = {"rulePriority": 1, "selection": expired, "action": {"type": "expire"}}
    ecr.put_lifecycle_policy(repositoryName="kept", lifecyclePolicyText=json.dumps({"rules": [rule]}))
    found = {one.id: one.facts for one in ECR_REPOSITORY.read(account.client, REGION)}
    assert (found["bare"]["images"], found["bare"]["lifecyclePolicy"]) == (1, False)
    assert found["bare"]["oldUntagged"] == 0
    assert found["kept"]["lifecyclePolicy"] is True


def test_buckets_are_read_with_their_rules_and_uploads(account: Account) -> None:
    s3 = account.client("s3")
    names = [f"{kind}-{account.number}" for kind in ("bare", "kept")]
    for name in names:
        s3.create_bucket(Bucket=name)
        s3.create_multipart_upload(Bucket=name, Key="left")
    rule = {
        "ID": "parts",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    }
    s3.put_bucket_lifecycle_configuration(Bucket=names[1], LifecycleConfiguration={"Rules": [rule]})
    found = {one.id: one.facts for one in S3_BUCKET.read(account.client, REGION)}
    assert found[names[0]]["abortsIncomplete"] is False
    assert found[names[1]]["abortsIncomplete"] is True
    assert list(S3_BUCKET.read(account.client, "eu-west-1")) == []


@pytest.mark.parametrize(("uploads", "aborts", "said"), [(3, False, True), (0, False, False), (3, True, False)])
def test_parts_of_old_uploads_are_what_a_rule_would_end(uploads: int, aborts: bool, said: bool) -> None:
    facts = {"abortsIncomplete": aborts, "oldUploads": uploads, "oldBytes": 50 * 2**30}
    verdict = S3_BUCKET.judge(Found("b", REGION, facts), {})
    assert (verdict is not None) == said
    if verdict:
        assert verdict.before[0].quantity == 50
        assert verdict.changes == {"abortIncompleteMultipartUploadDays": 7}


@pytest.mark.parametrize(("read", "said"), [([0.0] * 24, True), ([0.0] * 23 + [4_096.0], False), ([], False)])
def test_a_file_system_without_a_byte_is_unused(shared: Account, read: list[float], said: bool) -> None:
    fsx = shared.client("fsx")
    made = fsx.create_file_system(
        FileSystemType="LUSTRE",
        StorageCapacity=1_200,
        SubnetIds=["subnet-0123456789abcdef0"],
        LustreConfiguration={"DeploymentType": "PERSISTENT_2", "PerUnitStorageThroughput": 250},
        Tags=TAGS,
    )["FileSystem"]["FileSystemId"]
    for metric in ("DataReadBytes", "DataWriteBytes"):
        shared.measured(
            "AWS/FSx", metric, {"FileSystemId": made}, read if metric == "DataReadBytes" else [0.0] * len(read)
        )
    found = shared.scan("fsx-lustre", of=[made]).findings
    assert [one.resource_id for one in found] == ([made] if said else [])
    if found:
        assert saves(found[0]) == Decimal("252.00")  # 1,200 GiB at 0.21
        assert found[0].samples == {"DataReadBytes": 24, "DataWriteBytes": 24}
