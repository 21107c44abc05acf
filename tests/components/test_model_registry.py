"""The model registry through the real engine: who approves, what can be deleted, what is scanned."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.components.single import Single, single, untagged

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

pytestmark = pytest.mark.engine
GROUP = {"name": "fraud", "description": "Scores card payments."}
IMAGES = [{"name": "training", "imagesKept": 7}]


def registry(make: Callable[..., Workspace], *, environment: str = "dev", inputs: Any = None, **spec: Any) -> Single:
    return single(
        make,
        "model_registry:ModelRegistry",
        "model_registry:ModelRegistry",
        {"groups": [GROUP], **spec},
        name="registry",
        environment=environment,
        inputs=inputs,
    )


def denied(made: Single, name: str) -> set[str]:
    policy = made.document("aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy", name, "resourcePolicy")
    return {statement["Sid"] for statement in policy["Statement"] if statement["Effect"] == "Deny"}


def test_groups_alone(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    made = registry(make_workspace)
    made.is_stable()
    assert made.outputs["modelGroupNames"] == {"fraud": "acme-dev-fraud"}
    assert made.outputs["repositoryUrls"] == {}
    assert untagged(made.result) == []
    assert made.findings() == []
    found = local_cloud.client("sagemaker").list_model_package_groups(NameContains="acme-dev-fraud")
    assert [group["ModelPackageGroupName"] for group in found["ModelPackageGroupSummaryList"]] == ["acme-dev-fraud"]
    assert denied(made, "registry-fraud-policy") == set()
    card = made.document("aws:sagemaker/modelCard:ModelCard", "registry-fraud-card", "content")
    assert card["model_package_details"] == {"model_package_group_name": "acme-dev-fraud"}
    assert card["intended_uses"] == {"purpose_of_model": "Scores card payments.", "risk_rating": "Unknown"}
    made.leaves_nothing()
    found = local_cloud.client("sagemaker").list_model_package_groups(NameContains="acme-dev-fraud")
    assert found["ModelPackageGroupSummaryList"] == []


def test_images_and_tracking_server(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    made = registry(make_workspace, repositories=IMAGES, trackingServer={"size": "Small"})
    made.is_stable()
    assert untagged(made.result) == []
    assert made.findings() == []
    ecr = local_cloud.client("ecr")
    (repository,) = ecr.describe_repositories(repositoryNames=["acme-dev/training"])["repositories"]
    assert repository["imageTagMutability"] == "IMMUTABLE"
    assert repository["imageScanningConfiguration"] == {"scanOnPush": True}
    assert repository["encryptionConfiguration"]["kmsKey"] == made.outputs["kmsKeyArn"]
    assert made.outputs["repositoryUrls"] == {"training": repository["repositoryUri"]}
    rules = json.loads(ecr.get_lifecycle_policy(repositoryName="acme-dev/training")["lifecyclePolicyText"])["rules"]
    assert [rule["selection"]["countNumber"] for rule in rules] == [14, 7]
    server = made.only("aws:sagemaker/mlflowTrackingServer:MlflowTrackingServer")
    bucket = made.named("aws:s3/bucket:Bucket", "acme-dev-registry-experiments").outputs["bucket"]
    assert server.inputs["artifactStoreUri"] == f"s3://{bucket}/mlflow"
    assert server.inputs["automaticModelRegistration"] is False
    trust = made.document("aws:iam/role:Role", "registry-tracking", "assumeRolePolicy")["Statement"]
    assert set(trust[0]["Condition"]) == {"StringEquals", "ArnLike"}
    made.leaves_nothing()


def test_production_keeps_versions_and_only_approvers_approve(make_workspace: Callable[..., Workspace]) -> None:
    approver = "arn:aws:iam::123456789012:role/model-approvers"
    made = registry(make_workspace, environment="prod", repositories=IMAGES, inputs={"approver_arns": [approver]})
    assert denied(made, "registry-fraud-policy") == {"ApprovedByApproversOnly", "VersionsAreEvidence"}
    images = made.document("aws:ecr/repositoryPolicy:RepositoryPolicy", "registry-training-policy")
    assert [item["Sid"] for item in images["Statement"] if item["Effect"] == "Deny"] == ["ImagesAreEvidence"]
    assert made.only("aws:ecr/repository:Repository").inputs["forceDelete"] is False
    made.workspace.pulumi("state", "unprotect", "--all", "--yes")
    made.leaves_nothing()
