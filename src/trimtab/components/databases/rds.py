"""An RDS instance as every component makes it: encrypted, private, over TLS only, backed up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.buckets import DISPOSABLE
from trimtab.components.generated_secret import generated_secret

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.databases.engines import Engine
    from trimtab.components.databases.place import DataPlace
    from trimtab.spec.cluster.databases import RdsDatabase

BACKUP_WINDOW, MAINTENANCE = "02:00-03:00", "sun:03:30-sun:04:30"
"""UTC; a backup is whole before what may harm the data begins."""
AUTHORITY = "rds-ca-rsa2048-g1"


@dataclass(frozen=True)
class Database:
    """A database with its address.

    Attributes:
        uri: scheme, user, password, host, port, database: a secret.
        port: where it listens.
        arn: of the instance.
    """

    uri: pulumi.Output[str]
    port: int
    arn: pulumi.Output[str]


def rds_database(
    component: Component,
    spec: RdsDatabase,
    engine: Engine,
    *,
    place: DataPlace,
    key_arn: pulumi.Output[str],
    database: str,
) -> Database:
    """Return an instance with one database, and its only user.

    Args:
        component: the owner.
        spec: the declaration.
        engine: which engine.
        place: where it lies.
        key_arn: the key that encrypts its disk, its snapshots and its password.
        database: the database's name, and its user's.
    """
    label = f"{component.name}-database"
    secret = generated_secret(component, "database-password", key_arn=key_arn)
    version = spec.engine_version or engine.version
    production = component.context.is_production
    instance = aws.rds.Instance(
        label,
        identifier=f"{component.context.prefix}-{component.name}",
        engine=engine.name,
        engine_version=version,
        instance_class=spec.instance_class,
        allocated_storage=spec.storage_gib,
        max_allocated_storage=max(spec.storage_gib, spec.largest_storage_gib),
        storage_type="gp3",
        storage_encrypted=True,
        kms_key_id=key_arn,
        db_name=database,
        username=database,
        password=secret,
        port=engine.port,
        db_subnet_group_name=_subnets(component, label, place).name,
        vpc_security_group_ids=[place.door(component, label, port=engine.port, what=engine.name).id],
        parameter_group_name=_parameters(component, label, engine, version).name,
        publicly_accessible=False,
        ca_cert_identifier=AUTHORITY,
        multi_az=production if spec.multi_zone is None else spec.multi_zone,
        backup_retention_period=spec.backup_days,
        backup_window=BACKUP_WINDOW,
        maintenance_window=MAINTENANCE,
        copy_tags_to_snapshot=True,
        auto_minor_version_upgrade=True,
        performance_insights_enabled=True,
        performance_insights_kms_key_id=key_arn,
        enabled_cloudwatch_logs_exports=list(engine.logs),
        deletion_protection=production,
        skip_final_snapshot=component.context.environment in DISPOSABLE,
        final_snapshot_identifier=f"{component.context.prefix}-{component.name}-final",
        tags=component.tags(),
        opts=component.stateful(),
    )
    uri = pulumi.Output.format(
        "{}://{}:{}@{}:{}/{}?{}",
        engine.scheme, database, secret, instance.address, engine.port, database, engine.query,
    )  # fmt: skip
    return Database(pulumi.Output.secret(uri), engine.port, instance.arn)


def _subnets(component: Component, label: str, place: DataPlace) -> aws.rds.SubnetGroup:
    return aws.rds.SubnetGroup(
        label,
        name=f"{component.context.prefix}-{component.name}",
        subnet_ids=place.subnet_ids,
        tags=component.tags(),
        opts=component.child(),
    )


def _parameters(component: Component, label: str, engine: Engine, version: str) -> aws.rds.ParameterGroup:
    name, value = engine.tls
    return aws.rds.ParameterGroup(
        label,
        family=engine.family(version),
        description=f"{component.context.prefix} {component.name}: TLS only",
        parameters=[aws.rds.ParameterGroupParameterArgs(name=name, value=value)],
        tags=component.tags(),
        opts=component.child(),
    )
