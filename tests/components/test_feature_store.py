"""The feature store through the real engine: both stores, the tables over them, the bound on a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.components.single import Single, single, untagged

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support import LocalCloud, Workspace

pytestmark = pytest.mark.engine
CARDS = {
    "name": "card-history",
    "description": "What a card was used for lately, from the payment ledger.",
    "recordIdentifier": "card_id",
    "features": [
        {"name": "card_id", "type": "String"},
        {"name": "event_time", "type": "Fractional"},
        {"name": "payments", "type": "Integral"},
    ],
    "onlineTtlSeconds": 86_400,
}


def store(make: Callable[..., Workspace], *, environment: str = "dev", inputs: Any = None, **spec: Any) -> Single:
    return single(
        make,
        "feature_store:FeatureStore",
        "feature_store:FeatureStore",
        {"groups": [CARDS], **spec},
        name="features",
        environment=environment,
        inputs=inputs,
    )


def test_own_bucket(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    made = store(make_workspace, queryScanLimitGib=5)
    made.is_stable()
    outputs = made.outputs
    assert untagged(made.result) == []
    assert made.findings() == []
    sagemaker = local_cloud.client("sagemaker")
    group = sagemaker.describe_feature_group(FeatureGroupName="acme-dev-card-history")
    assert outputs["featureGroupNames"] == {"card-history": "acme-dev-card-history"}
    offline = group["OfflineStoreConfig"]
    assert offline["S3StorageConfig"]["S3Uri"] == f"s3://{outputs['offlineBucket']}/features"
    assert offline["S3StorageConfig"]["KmsKeyId"] == outputs["kmsKeyArn"]
    assert offline["DataCatalogConfig"]["Database"] == outputs["database"] == "acme_dev_features"
    assert group["OnlineStoreConfig"]["SecurityConfig"]["KmsKeyId"] == outputs["kmsKeyArn"]
    table = made.only("aws:glue/catalogTable:CatalogTable").inputs
    assert table["name"] == outputs["tableNames"]["card-history"] == "card_history"
    columns = {column["name"]: column["type"] for column in table["storageDescriptor"]["columns"]}
    assert columns["card_id"] == "string"
    assert columns["payments"] == "bigint"
    assert columns["is_deleted"] == "boolean"
    workgroup = made.only("aws:athena/workgroup:Workgroup").inputs["configuration"]
    assert workgroup["bytesScannedCutoffPerQuery"] == 5 * 2**30
    assert workgroup["enforceWorkgroupConfiguration"] is True
    assert outputs.get("onlineTableTemplate") is None
    made.leaves_nothing()


def test_wired_bucket_and_open_source_tables(make_workspace: Callable[..., Workspace], local_cloud: LocalCloud) -> None:
    made = store(
        make_workspace, environment="prod", openSourceOnlineTable=True, inputs={"offline_bucket": "lake-of-the-bank"}
    )
    made.is_stable()
    outputs = made.outputs
    assert made.result.of_type("aws:s3/bucket:Bucket") == []
    assert outputs["offlineBucketArn"] == "arn:aws:s3:::lake-of-the-bank"
    name = outputs["onlineTableNames"]["card-history"]
    assert name == outputs["onlineTableTemplate"].format(table_name="card-history")
    dynamodb = local_cloud.client("dynamodb")
    table = dynamodb.describe_table(TableName=name)["Table"]
    assert table["KeySchema"] == [{"AttributeName": "entity_id", "KeyType": "HASH"}]
    assert table["DeletionProtectionEnabled"] is True
    assert table["SSEDescription"]["KMSMasterKeyArn"] == outputs["kmsKeyArn"]
    recovery = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    assert recovery["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    made.workspace.pulumi("state", "unprotect", "--all", "--yes")
    dynamodb.update_table(TableName=name, DeletionProtectionEnabled=False)
    made.leaves_nothing()
