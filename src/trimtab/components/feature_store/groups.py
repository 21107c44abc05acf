"""A SageMaker feature group: online for serving, offline for training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.feature_store.offline import OFFLINE_PREFIX

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.buckets import Store
    from trimtab.spec.feature_store import FeatureGroup

CATALOG = "AwsDataCatalog"


def feature_group(
    component: Component,
    spec: FeatureGroup,
    *,
    role: aws.iam.Role,
    store: Store,
    key_arn: pulumi.Output[str],
    database: aws.glue.CatalogDatabase,
) -> aws.sagemaker.FeatureGroup:
    """Return the feature group of `spec`, both of its stores under the customer key."""
    owner = spec.owner or component.owner
    return aws.sagemaker.FeatureGroup(
        f"{component.name}-{spec.name}",
        feature_group_name=f"{component.context.prefix}-{spec.name}",
        description=spec.description,
        record_identifier_feature_name=spec.record_identifier,
        event_time_feature_name=spec.event_time,
        feature_definitions=[
            aws.sagemaker.FeatureGroupFeatureDefinitionArgs(feature_name=item.name, feature_type=item.type)
            for item in spec.features
        ],
        role_arn=role.arn,
        online_store_config=_online(spec, key_arn) if spec.online else None,
        offline_store_config=_offline(spec, store, key_arn, database),
        tags={**component.tags(classification=spec.data_classification), **owner.tags()},
        opts=component.stateful(depends_on=list(store.parts)),
    )


def table_name(spec: FeatureGroup) -> str:
    """Return the name of the group's table, in the letters that Athena takes without quotes."""
    return spec.name.replace("-", "_")


def _online(spec: FeatureGroup, key_arn: pulumi.Output[str]) -> aws.sagemaker.FeatureGroupOnlineStoreConfigArgs:
    ttl = spec.online_ttl_seconds
    return aws.sagemaker.FeatureGroupOnlineStoreConfigArgs(
        enable_online_store=True,
        security_config=aws.sagemaker.FeatureGroupOnlineStoreConfigSecurityConfigArgs(kms_key_id=key_arn),
        ttl_duration=aws.sagemaker.FeatureGroupOnlineStoreConfigTtlDurationArgs(unit="Seconds", value=ttl)
        if ttl
        else None,
    )


def _offline(
    spec: FeatureGroup, store: Store, key_arn: pulumi.Output[str], database: aws.glue.CatalogDatabase
) -> aws.sagemaker.FeatureGroupOfflineStoreConfigArgs:
    # SageMaker takes a catalogue of one's own only where it may not make the table itself.
    return aws.sagemaker.FeatureGroupOfflineStoreConfigArgs(
        disable_glue_table_creation=True,
        data_catalog_config=aws.sagemaker.FeatureGroupOfflineStoreConfigDataCatalogConfigArgs(
            catalog=CATALOG, database=database.name, table_name=table_name(spec)
        ),
        s3_storage_config=aws.sagemaker.FeatureGroupOfflineStoreConfigS3StorageConfigArgs(
            s3_uri=pulumi.Output.format("s3://{}/{}", store.name, OFFLINE_PREFIX), kms_key_id=key_arn
        ),
    )
