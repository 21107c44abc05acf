"""S3, DynamoDB, ECR, FSx, Glue and Athena."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.local.awsprovider.cases.port import Case, Inputs, World, fixed

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props

BUCKET = "aws:s3/bucket:Bucket"
QUEUE = "aws:sqs/queue:Queue"


def _on_bucket(**inputs: Any) -> Inputs:
    return lambda world: {"bucket": world.id(BUCKET), **inputs}


def _policy(world: World, effect: str) -> Props:
    bucket = world.id(BUCKET)
    statement = {
        "Effect": effect,
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    return {"bucket": bucket, "policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}


def _encryption(algorithm: str, **more: str) -> list[Props]:
    return [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": algorithm, **more}, "bucketKeyEnabled": True}]


def _retention(days: int) -> Props:
    return {"defaultRetention": {"mode": "GOVERNANCE", "days": days}}


def _locked(world: World) -> str:
    """A bucket of its own: object lock is decided when a bucket is made."""
    name = "locked-for-retention"
    s3 = world.boto("s3")
    if name not in {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}:
        s3.create_bucket(
            Bucket=name,
            ObjectLockEnabledForBucket=True,
            CreateBucketConfiguration={"LocationConstraint": "eu-central-1"},
        )
    return name


def _log_bucket(world: World) -> str:
    """A bucket that lets S3's log delivery in."""
    name = "access-logs"
    s3 = world.boto("s3")
    if name not in {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}:
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "logging.s3.amazonaws.com"},
            "Action": "s3:PutObject",
            "Resource": f"arn:aws:s3:::{name}/*",
        }
        s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    return name


def _lifecycle(days: int) -> list[Props]:
    return [
        {
            "id": "old-versions",
            "status": "Enabled",
            "filter": {"prefix": "models/"},
            "noncurrentVersionExpiration": {"noncurrentDays": days},
            "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
        }
    ]


def _table(world: World) -> Props:
    return {
        "databaseName": world.get("aws:glue/catalogDatabase:CatalogDatabase").outputs["name"],
        "tableType": "EXTERNAL_TABLE",
        "parameters": {"classification": "parquet"},
        "partitionKeys": [{"name": "day", "type": "string"}],
        "storageDescriptor": {
            "location": "s3://features/offline",
            "inputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
            "outputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
            "columns": [{"name": "amount", "type": "double"}],
            "serDeInfo": {"serializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"},
        },
    }


def _lustre(world: World) -> Props:
    return {
        "subnetIds": world.id("aws:ec2/subnet:Subnet"),
        "storageCapacity": 1200,
        "deploymentType": "PERSISTENT_2",
        "perUnitStorageThroughput": 125,
        "dataCompressionType": "LZ4",
        "tags": {"team": "ml"},
    }


def _ecr_policy(effect: str) -> str:
    statement = {"Sid": "pull", "Effect": effect, "Principal": "*", "Action": ["ecr:BatchGetImage"]}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _expire(count: int) -> str:
    selection = {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": count}
    rule = {"rulePriority": 1, "selection": selection, "action": {"type": "expire"}}
    return json.dumps({"rules": [rule]})


REPOSITORY = "aws:ecr/repository:Repository"

STORAGE: dict[str, Case] = {
    BUCKET: Case(
        inputs=fixed(forceDestroy=True, tags={"team": "ml"}),
        update=fixed(tags={"team": "risk"}),
        replace=fixed(bucket="another-bucket"),
        behind=lambda w, i, _o: w.boto("s3").put_bucket_tagging(
            Bucket=i, Tagging={"TagSet": [{"Key": "team", "Value": "nobody"}]}
        ),
        seen="tags",
    ),
    "aws:s3/bucketVersioning:BucketVersioning": Case(
        inputs=_on_bucket(versioningConfiguration={"status": "Enabled"}),
        update=fixed(versioningConfiguration={"status": "Suspended"}),
        replace=fixed(bucket="another-bucket"),
        behind=lambda w, i, _o: w.boto("s3").put_bucket_versioning(
            Bucket=i, VersioningConfiguration={"Status": "Enabled"}
        ),
        seen="versioningConfiguration",
        stays=True,
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": Case(
        inputs=_on_bucket(rules=_encryption("AES256")),
        update=fixed(rules=_encryption("aws:kms", kmsMasterKeyId="alias/data")),
    ),
    "aws:s3/bucketNotification:BucketNotification": Case(
        inputs=_on_bucket(eventbridge=True),
        update=lambda w: {
            "queues": [{"id": "made", "queueArn": w.arn(QUEUE), "events": ["s3:ObjectCreated:*"], "filterPrefix": "c/"}]
        },
        behind=lambda w, i, _o: w.boto("s3").put_bucket_notification_configuration(
            Bucket=i, NotificationConfiguration={"EventBridgeConfiguration": {}}
        ),
        seen="queues",
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": Case(
        inputs=_on_bucket(
            blockPublicAcls=True, blockPublicPolicy=True, ignorePublicAcls=True, restrictPublicBuckets=False
        ),
        update=fixed(restrictPublicBuckets=True),
        behind=lambda w, i, _o: w.boto("s3").put_public_access_block(
            Bucket=i,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": False,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
        ),
        seen="blockPublicAcls",
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": Case(
        inputs=_on_bucket(rules=_lifecycle(30)), update=fixed(rules=_lifecycle(90))
    ),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": Case(
        inputs=lambda w: {"bucket": _locked(w), "rule": _retention(30)},
        update=fixed(rule=_retention(365)),
        stays=True,
    ),
    "aws:s3/bucketPolicy:BucketPolicy": Case(inputs=lambda w: _policy(w, "Deny"), update=lambda w: _policy(w, "Allow")),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": Case(
        inputs=_on_bucket(rule={"objectOwnership": "BucketOwnerPreferred"}),
        update=fixed(rule={"objectOwnership": "BucketOwnerEnforced"}),
    ),
    "aws:s3/bucketLogging:BucketLogging": Case(
        inputs=lambda w: {"bucket": w.id(BUCKET), "targetBucket": _log_bucket(w), "targetPrefix": "log/"},
        update=fixed(targetPrefix="access/"),
    ),
    "aws:s3/bucketObjectv2:BucketObjectv2": Case(
        inputs=_on_bucket(key="config.json", content="{}", tags={"kind": "config"}),
        update=fixed(content='{"a": 1}'),
        replace=fixed(key="other.json"),
    ),
    "aws:dynamodb/table:Table": Case(
        inputs=fixed(
            billingMode="PAY_PER_REQUEST",
            hashKey="entity",
            attributes=[{"name": "entity", "type": "S"}, {"name": "kind", "type": "S"}],
            globalSecondaryIndexes=[{"name": "by-kind", "hashKey": "kind", "projectionType": "ALL"}],
            pointInTimeRecovery={"enabled": True},
            serverSideEncryption={"enabled": True},
            ttl={"attributeName": "expires", "enabled": True},
            tags={"team": "ml"},
        ),
        update=fixed(deletionProtectionEnabled=False, pointInTimeRecovery={"enabled": False}),
        replace=fixed(hashKey="other"),
        behind=lambda w, i, _o: w.boto("dynamodb").update_continuous_backups(
            TableName=i, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        ),
        seen="pointInTimeRecovery",
    ),
    REPOSITORY: Case(
        inputs=fixed(
            imageTagMutability="IMMUTABLE",
            imageScanningConfiguration={"scanOnPush": True},
            encryptionConfigurations=[{"encryptionType": "KMS"}],
            forceDelete=True,
            tags={"team": "ml"},
        ),
        update=fixed(imageTagMutability="MUTABLE"),
        replace=fixed(encryptionConfigurations=[{"encryptionType": "AES256"}]),
        behind=lambda w, i, _o: w.boto("ecr").put_image_tag_mutability(
            repositoryName=i, imageTagMutability="IMMUTABLE"
        ),
        seen="imageTagMutability",
    ),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": Case(
        inputs=lambda w: {"repository": w.id(REPOSITORY), "policy": _expire(10)},
        update=fixed(policy=_expire(20)),
    ),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": Case(
        inputs=lambda w: {"repository": w.id(REPOSITORY), "policy": _ecr_policy("Allow")},
        update=fixed(policy=_ecr_policy("Deny")),
    ),
    "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": Case(
        inputs=fixed(
            scanType="ENHANCED",
            rules=[
                {
                    "scanFrequency": "CONTINUOUS_SCAN",
                    "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}],
                }
            ],
        ),
        update=fixed(scanType="BASIC", rules=[]),
        stays=True,
    ),
    "aws:fsx/lustreFileSystem:LustreFileSystem": Case(
        inputs=_lustre, update=fixed(storageCapacity=2400), replace=fixed(deploymentType="SCRATCH_2")
    ),
    "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation": Case(
        inputs=lambda w: {
            "fileSystemId": w.id("aws:fsx/lustreFileSystem:LustreFileSystem"),
            "fileSystemPath": "/data",
            "dataRepositoryPath": f"s3://{w.id(BUCKET)}/data",
            "s3": {"autoImportPolicy": {"events": ["NEW", "CHANGED"]}},
        },
        update=fixed(s3={"autoImportPolicy": {"events": ["NEW"]}}),
        replace=fixed(fileSystemPath="/other"),
    ),
    "aws:glue/catalogDatabase:CatalogDatabase": Case(
        inputs=fixed(name="features", description="offline store"),
        update=fixed(description="the offline store"),
        behind=lambda w, _i, o: w.boto("glue").update_database(
            Name=o["name"], DatabaseInput={"Name": o["name"], "Description": "mine"}
        ),
        seen="description",
    ),
    "aws:glue/catalogTable:CatalogTable": Case(
        inputs=_table, update=fixed(parameters={"classification": "parquet", "owner": "ml"})
    ),
    "aws:athena/workgroup:Workgroup": Case(
        inputs=fixed(
            forceDestroy=True,
            configuration={
                "enforceWorkgroupConfiguration": True,
                "publishCloudwatchMetricsEnabled": True,
                "resultConfiguration": {
                    "outputLocation": "s3://results/",
                    "encryptionConfiguration": {"encryptionOption": "SSE_S3"},
                },
            },
            tags={"team": "ml"},
        ),
        update=fixed(description="queries of the feature store"),
    ),
    "aws:athena/namedQuery:NamedQuery": Case(
        inputs=lambda w: {
            "database": "features",
            "query": "select 1",
            "workgroup": w.id("aws:athena/workgroup:Workgroup"),
        },
        replace=fixed(query="select 2"),
    ),
}
