"""The artifact store through the real engine: what its buckets refuse, keep and forget."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.components.single import Single, single, untagged

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

pytestmark = pytest.mark.engine


MODEL = "artifact_store:ArtifactStore"


def store(make: Callable[..., Workspace], environment: str = "dev", **spec: object) -> Single:
    return single(make, MODEL, MODEL, spec, name="artifacts", environment=environment)


def encryption(s3: Any, bucket: str) -> tuple[str, str | None]:
    (rule,) = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    default = rule["ApplyServerSideEncryptionByDefault"]
    return default["SSEAlgorithm"], default.get("KMSMasterKeyID")


def denials(s3: Any, bucket: str) -> list[dict[str, Any]]:
    policy = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])
    return [statement["Condition"] for statement in policy["Statement"] if statement["Effect"] == "Deny"]


def test_defaults_come_up_stay_and_go(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    made = store(make_workspace)
    made.is_stable()
    outputs = made.outputs
    assert outputs["dvcRemoteUrl"] == f"s3://{outputs['dataBucket']}/dvc"
    assert outputs.get("evidenceBucket") is None
    assert untagged(made.result) == []
    assert made.findings() == []
    s3 = local_cloud.client("s3")
    for bucket in ("dataBucket", "modelBucket"):
        assert encryption(s3, outputs[bucket]) == ("aws:kms", outputs["kmsKeyArn"])
        assert s3.get_bucket_versioning(Bucket=outputs[bucket])["Status"] == "Enabled"
        block = s3.get_public_access_block(Bucket=outputs[bucket])["PublicAccessBlockConfiguration"]
        assert set(block.values()) == {True}
        assert {"Bool": {"aws:SecureTransport": "false"}} in denials(s3, outputs[bucket])
    for logged in ("data", "models"):
        logging = made.named("aws:s3/bucketLogging:BucketLogging", f"artifacts-{logged}-logging")
        assert logging.inputs["targetBucket"] == outputs["logBucket"]
    made.leaves_nothing()
    left = {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}
    assert left.isdisjoint({outputs["dataBucket"], outputs["modelBucket"], outputs["logBucket"]})


def test_evidence_cannot_be_changed_before_its_time(
    make_workspace: Callable[..., Workspace], local_cloud: LocalCloud
) -> None:
    made = store(make_workspace, evidenceLockDays=400, dvcPrefix="team/dvc")
    made.is_stable()
    outputs = made.outputs
    assert outputs["dvcRemoteUrl"] == f"s3://{outputs['dataBucket']}/team/dvc"
    s3 = local_cloud.client("s3")
    lock = s3.get_object_lock_configuration(Bucket=outputs["evidenceBucket"])["ObjectLockConfiguration"]
    retention = lock["Rule"]["DefaultRetention"]
    assert (retention["Mode"], retention["Days"]) == ("COMPLIANCE", 400)
    bucket = made.named("aws:s3/bucket:Bucket", "acme-dev-artifacts-evidence")
    assert bucket.inputs["forceDestroy"] is False
    assert encryption(s3, outputs["logBucket"]) == ("AES256", None)  # S3 delivers access logs under no other.
    made.leaves_nothing()


def test_production_is_protected(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    made = store(make_workspace, "prod")
    refused = made.workspace.destroy(check=False)
    assert refused.code != 0
    assert "protect" in refused.output
    kept = {resource.type for resource in refused.resources if resource.raw.get("protect")}
    assert kept == {"aws:s3/bucket:Bucket", "aws:kms/key:Key"}
    assert not any(r.inputs["forceDestroy"] for r in refused.of_type("aws:s3/bucket:Bucket"))
    made.workspace.pulumi("state", "unprotect", "--all", "--yes")
    # Nothing empties a bucket of production but a person.
    empty(local_cloud.client("s3"), made.outputs["logBucket"])
    made.leaves_nothing()


def empty(s3: Any, bucket: str) -> None:
    held = s3.list_object_versions(Bucket=bucket)
    for version in [*held.get("Versions", ()), *held.get("DeleteMarkers", ())]:
        s3.delete_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])
