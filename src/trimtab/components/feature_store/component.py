"""The component: feature groups, their offline store as Athena tables, an open-source store's online tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from trimtab.components.base import CommonArgs, Component
from trimtab.components.buckets import Store, expiry, given_store, own_store, unfinished_uploads
from trimtab.components.encryption import customer_key
from trimtab.components.feature_store.catalog import catalog_database, catalog_table
from trimtab.components.feature_store.groups import feature_group
from trimtab.components.feature_store.offline import RESULTS_PREFIX, offline_role
from trimtab.components.feature_store.online import online_table
from trimtab.components.feature_store.queries import query_workgroup
from trimtab.components.place import place_of
from trimtab.spec.feature_store import FeatureStore as FeatureStoreSpec

UNFINISHED_UPLOAD_DAYS = 7
QUERY_RESULT_DAYS = 30


class FeatureStoreArgs(CommonArgs, TypedDict):
    """Inputs of a FeatureStore."""

    spec: FeatureStoreSpec
    kms_key_arn: NotRequired[pulumi.Input[str]]
    """KMS key of both stores and of query results; absent: one of the feature store's own."""
    offline_bucket: NotRequired[pulumi.Input[str]]
    """Name of the bucket of the offline store and of query results; absent: one of the feature store's own."""


class FeatureStore(Component):
    """SageMaker feature groups with an online store for serving and an offline store for training.

    The offline store is queried through Athena, in a workgroup that refuses a query which would scan too much.
    Where asked for, each group has a DynamoDB table as well, for the online store of Feast.
    """

    feature_group_names: pulumi.Output[Mapping[str, str]]
    """Name of a group in the declaration → name of its SageMaker feature group."""
    feature_group_arns: pulumi.Output[Mapping[str, str]]
    database: pulumi.Output[str]
    """Glue database that holds one table a group."""
    table_names: pulumi.Output[Mapping[str, str]]
    """Name of a group in the declaration → name of its table in the database."""
    workgroup: pulumi.Output[str]
    """Athena workgroup to query them in."""
    offline_bucket: pulumi.Output[str]
    offline_bucket_arn: pulumi.Output[str]
    role_arn: pulumi.Output[str]
    """Role that SageMaker writes the offline store with."""
    online_table_names: pulumi.Output[Mapping[str, str]]
    """Name of a group in the declaration → its DynamoDB table; empty where none is asked for."""
    online_table_template: pulumi.Output[str] | None
    """What Feast's DynamoDB store takes as `table_name_template`; None where no tables are asked for."""
    kms_key_arn: pulumi.Output[str]

    def __init__(self, name: str, args: FeatureStoreArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(name, args["context"], opts)
        spec, place = args["spec"], place_of(self)
        self.kms_key_arn = customer_key(self, services=(), given=args.get("kms_key_arn"))
        bucket = args.get("offline_bucket")
        store = self._own_bucket() if bucket is None else given_store(place, bucket)
        role = offline_role(self, store, self.kms_key_arn, place)
        database = catalog_database(self)
        made = _Made({}, {}, {})
        for group in spec.groups:
            features = feature_group(self, group, role=role, store=store, key_arn=self.kms_key_arn, database=database)
            made.groups[group.name] = features
            made.tables[group.name] = catalog_table(self, group, features, database)
            if spec.open_source_online_table:
                made.online[group.name] = online_table(self, group, self.kms_key_arn)
        workgroup = query_workgroup(self, spec.query_scan_limit_gib, store, self.kms_key_arn, place)
        self.offline_bucket, self.offline_bucket_arn = store.name, store.arn
        self.role_arn, self.database, self.workgroup = role.arn, database.name, workgroup.name
        self._publish(made, spec)
        self.finish(self._outputs())

    def _own_bucket(self) -> Store:
        rules = [unfinished_uploads(UNFINISHED_UPLOAD_DAYS), expiry(QUERY_RESULT_DAYS, prefix=RESULTS_PREFIX)]
        return own_store(self, "offline", place_of(self), key_arn=self.kms_key_arn, lifecycle=rules)

    def _publish(self, made: "_Made", spec: FeatureStoreSpec) -> None:
        self.feature_group_names = _by_name({key: item.feature_group_name for key, item in made.groups.items()})
        self.feature_group_arns = _by_name({key: item.arn for key, item in made.groups.items()})
        self.table_names = _by_name({key: item.name for key, item in made.tables.items()})
        self.online_table_names = _by_name({key: item.name for key, item in made.online.items()})
        template = f"{self.context.prefix}.{{table_name}}"
        self.online_table_template = pulumi.Output.from_input(template) if spec.open_source_online_table else None

    def _outputs(self) -> dict[str, pulumi.Output[Mapping[str, str]] | pulumi.Output[str] | None]:
        return {
            "featureGroupNames": self.feature_group_names,
            "featureGroupArns": self.feature_group_arns,
            "database": self.database,
            "tableNames": self.table_names,
            "workgroup": self.workgroup,
            "offlineBucket": self.offline_bucket,
            "offlineBucketArn": self.offline_bucket_arn,
            "roleArn": self.role_arn,
            "onlineTableNames": self.online_table_names,
            "onlineTableTemplate": self.online_table_template,
            "kmsKeyArn": self.kms_key_arn,
        }


@dataclass(frozen=True)
class _Made:
    groups: dict[str, aws.sagemaker.FeatureGroup]
    tables: dict[str, aws.glue.CatalogTable]
    online: dict[str, aws.dynamodb.Table]


def _by_name(outputs: Mapping[str, pulumi.Output[str]]) -> pulumi.Output[Mapping[str, str]]:
    return pulumi.Output.all(**outputs).apply(dict)
