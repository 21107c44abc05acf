"""The offline store as tables: one Glue database, one partitioned Parquet table a feature group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from trimtab.components.feature_store.groups import table_name

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.spec.feature_store import FeatureGroup

_COLUMN_TYPES: Final = {"String": "string", "Integral": "bigint", "Fractional": "double"}
# SageMaker adds these to every record that it writes.
_ADDED: Final = {"write_time": "timestamp", "api_invocation_time": "timestamp", "is_deleted": "boolean"}
# It writes under year=/month=/day=/hour=. Projection tells Athena so, and no crawler has to find partitions.
_PARTITIONS: Final = {"year": ("2020,2100", 4), "month": ("1,12", 2), "day": ("1,31", 2), "hour": ("0,23", 2)}
_PARQUET: Final = "org.apache.hadoop.hive.ql.io.parquet"


def catalog_database(component: Component) -> aws.glue.CatalogDatabase:
    """Return the database of the component's tables."""
    return aws.glue.CatalogDatabase(
        f"{component.name}-database",
        name=f"{component.context.prefix}_{component.name}".replace("-", "_"),
        description=f"Offline feature store of {component.context.prefix}",
        tags=component.tags(),
        opts=component.stateful(),
    )


def catalog_table(
    component: Component,
    spec: FeatureGroup,
    group: aws.sagemaker.FeatureGroup,
    database: aws.glue.CatalogDatabase,
) -> aws.glue.CatalogTable:
    """Return the table over a feature group's offline store, where SageMaker says that it writes."""
    location = group.offline_store_config.apply(
        lambda config: (config.s3_storage_config.resolved_output_s3_uri or "") if config else ""
    )
    columns = {feature.name: _COLUMN_TYPES[feature.type] for feature in spec.features} | _ADDED
    return aws.glue.CatalogTable(
        f"{component.name}-{spec.name}-table",
        database_name=database.name,
        name=table_name(spec),
        description=f"Offline store of the feature group {spec.name}",
        table_type="EXTERNAL_TABLE",
        parameters={"EXTERNAL": "TRUE", "classification": "parquet", **_projection(location)},
        partition_keys=[aws.glue.CatalogTablePartitionKeyArgs(name=name, type="string") for name in _PARTITIONS],
        storage_descriptor=_parquet(location, columns),
        opts=component.child(),
    )


def _projection(location: pulumi.Output[str]) -> dict[str, pulumi.Input[str]]:
    parameters: dict[str, pulumi.Input[str]] = {"projection.enabled": "true"}
    for name, (span, digits) in _PARTITIONS.items():
        parameters[f"projection.{name}.type"] = "integer"
        parameters[f"projection.{name}.range"] = span
        parameters[f"projection.{name}.digits"] = str(digits)
    folders = "/".join(f"{name}=${{{name}}}" for name in _PARTITIONS)
    parameters["storage.location.template"] = pulumi.Output.concat(location, "/", folders)
    return parameters


def _parquet(location: pulumi.Output[str], columns: dict[str, str]) -> aws.glue.CatalogTableStorageDescriptorArgs:
    return aws.glue.CatalogTableStorageDescriptorArgs(
        location=location,
        input_format=f"{_PARQUET}.MapredParquetInputFormat",
        output_format=f"{_PARQUET}.MapredParquetOutputFormat",
        ser_de_info=aws.glue.CatalogTableStorageDescriptorSerDeInfoArgs(
            serialization_library=f"{_PARQUET}.serde.ParquetHiveSerDe", parameters={"serialization.format": "1"}
        ),
        columns=[
            aws.glue.CatalogTableStorageDescriptorColumnArgs(name=name, type=kind) for name, kind in columns.items()
        ],
    )
