"""Managed databases and caches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local.awsprovider.cases.identity import KEY
from tests.local.awsprovider.cases.port import Case, World, fixed

if TYPE_CHECKING:
    from trimtab.local.awsprovider.values import Props

SUBNET = "aws:ec2/subnet:Subnet"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
RDS_SUBNETS = "aws:rds/subnetGroup:SubnetGroup"
REDIS_SUBNETS = "aws:elasticache/subnetGroup:SubnetGroup"
REDIS_PARAMETERS = "aws:elasticache/parameterGroup:ParameterGroup"
RDS_PARAMETERS = "aws:rds/parameterGroup:ParameterGroup"


def _instance(world: World) -> Props:
    return {
        "engine": "postgres",
        "engineVersion": "17.5",
        "instanceClass": "db.m7g.large",
        "allocatedStorage": 100,
        "maxAllocatedStorage": 500,
        "storageType": "gp3",
        "storageEncrypted": True,
        "kmsKeyId": world.arn(KEY),
        "dbName": "mlflow",
        "username": "mlflow",
        "password": "correct-horse",
        "port": 5432,
        "dbSubnetGroupName": world.id(RDS_SUBNETS),
        "vpcSecurityGroupIds": [world.id(GROUP)],
        "parameterGroupName": world.id(RDS_PARAMETERS),
        "publiclyAccessible": False,
        "caCertIdentifier": "rds-ca-rsa2048-g1",
        "multiAz": True,
        "backupRetentionPeriod": 7,
        "backupWindow": "02:00-03:00",
        "maintenanceWindow": "sun:04:00-sun:05:00",
        "copyTagsToSnapshot": True,
        "autoMinorVersionUpgrade": True,
        "performanceInsightsEnabled": True,
        "performanceInsightsKmsKeyId": world.arn(KEY),
        "enabledCloudwatchLogsExports": ["postgresql"],
        "deletionProtection": False,
        "skipFinalSnapshot": True,
        "tags": {"team": "ml"},
    }


def _shrink(world: World, _id: str, outputs: Props) -> None:
    world.boto("rds").modify_db_instance(DBInstanceIdentifier=outputs["identifier"], DBInstanceClass="db.m7g.medium")


def _parameter(value: str) -> list[Props]:
    return [{"name": "rds.force_ssl", "value": value, "applyMethod": "immediate"}]


def _set_parameter(world: World, group: str, _outputs: Props) -> None:
    changed = {"ParameterName": "rds.force_ssl", "ParameterValue": "2", "ApplyMethod": "immediate"}
    world.boto("rds").modify_db_parameter_group(DBParameterGroupName=group, Parameters=[changed])


def _redis(world: World) -> Props:
    return {
        "description": "online features",
        "engine": "redis",
        "engineVersion": "7.1",
        "nodeType": "cache.m7g.large",
        "numCacheClusters": 2,
        "automaticFailoverEnabled": True,
        "multiAzEnabled": True,
        "port": 6379,
        "parameterGroupName": world.id(REDIS_PARAMETERS),
        "subnetGroupName": world.id(REDIS_SUBNETS),
        "securityGroupIds": [world.id(GROUP)],
        "transitEncryptionEnabled": True,
        "transitEncryptionMode": "required",
        "atRestEncryptionEnabled": True,
        "kmsKeyId": world.arn(KEY),
        "authToken": "correct-horse-battery",
        "authTokenUpdateStrategy": "ROTATE",
        "autoMinorVersionUpgrade": True,
        "snapshotRetentionLimit": 7,
        "snapshotWindow": "02:00-03:00",
        "maintenanceWindow": "sun:04:00-sun:05:00",
        "tags": {"team": "ml"},
    }


def _small_nodes(world: World, group: str, _outputs: Props) -> None:
    world.boto("elasticache").modify_replication_group(ReplicationGroupId=group, CacheNodeType="cache.t4g.micro")


def _evict(world: World, group: str, _outputs: Props) -> None:
    changed = [{"ParameterName": "maxmemory-policy", "ParameterValue": "allkeys-lru"}]
    world.boto("elasticache").modify_cache_parameter_group(CacheParameterGroupName=group, ParameterNameValues=changed)


DATABASES: dict[str, Case] = {
    "aws:elasticache/replicationGroup:ReplicationGroup": Case(
        inputs=_redis,
        update=fixed(
            nodeType="cache.r7g.large", numCacheClusters=3, snapshotWindow="01:00-02:00", tags={"team": "risk"}
        ),
        replace=fixed(port=6380),
        behind=_small_nodes,
        seen="nodeType",
    ),
    REDIS_PARAMETERS: Case(
        inputs=fixed(
            family="redis7",
            parameters=[{"name": "maxmemory-policy", "value": "noeviction"}, {"name": "timeout", "value": "60"}],
            tags={"team": "ml"},
        ),
        update=fixed(parameters=[{"name": "maxmemory-policy", "value": "volatile-lru"}], tags={"team": "risk"}),
        replace=fixed(family="redis6.x"),
        behind=_evict,
        seen="parameters",
    ),
    REDIS_SUBNETS: Case(
        inputs=lambda w: {"subnetIds": [w.id(SUBNET)], "tags": {"team": "ml"}},
        update=fixed(description="for features", tags={"team": "risk"}),
    ),
    "aws:rds/instance:Instance": Case(
        inputs=_instance,
        update=fixed(instanceClass="db.m7g.xlarge", allocatedStorage=200, tags={"team": "risk"}),
        replace=fixed(dbName="other"),
        behind=_shrink,
        seen="instanceClass",
    ),
    RDS_PARAMETERS: Case(
        inputs=fixed(family="postgres17", parameters=_parameter("1"), tags={"team": "ml"}),
        update=fixed(parameters=_parameter("0"), tags={"team": "risk"}),
        replace=fixed(family="postgres16"),
        behind=_set_parameter,
        seen="parameters",
    ),
    RDS_SUBNETS: Case(
        inputs=lambda w: {"subnetIds": [w.id(SUBNET)], "tags": {"team": "ml"}},
        update=fixed(description="for the registry", tags={"team": "risk"}),
    ),
}
