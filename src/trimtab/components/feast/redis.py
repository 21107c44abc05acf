"""The online store in ElastiCache: TLS, a password, a copy in another zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from trimtab.components.feast.addresses import redis_connection
from trimtab.components.generated_secret import generated_secret

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.databases import DataPlace
    from trimtab.spec.cluster.feast_stores import RedisOnlineStore

PORT = 6379
SNAPSHOTS, MAINTENANCE = "02:00-03:00", "sun:03:30-sun:04:30"
EVICT_NOTHING = "noeviction"
"""A feature that is gone reads as one that never was: better a failed write, which an alarm can see."""


def redis_store(
    component: Component, spec: RedisOnlineStore, *, place: DataPlace, key_arn: pulumi.Output[str]
) -> pulumi.Output[str]:
    """Return what Feast takes as its `connection_string`: a secret."""
    label, physical = f"{component.name}-online", f"{component.context.prefix}-{component.name}"
    token = generated_secret(component, "redis-password", key_arn=key_arn)
    subnets = aws.elasticache.SubnetGroup(
        label, name=physical, subnet_ids=place.subnet_ids, tags=component.tags(), opts=component.child()
    )
    parameters = aws.elasticache.ParameterGroup(
        label,
        name=physical,
        family=f"redis{spec.engine_version.split('.')[0]}",
        description=f"{component.context.prefix} {component.name}: nothing is evicted",
        parameters=[aws.elasticache.ParameterGroupParameterArgs(name="maxmemory-policy", value=EVICT_NOTHING)],
        tags=component.tags(),
        opts=component.child(),
    )
    copies = spec.replicas > 0
    group = aws.elasticache.ReplicationGroup(
        label,
        replication_group_id=physical[:40].rstrip("-"),
        description=f"{component.context.prefix} {component.name}: online features",
        engine="redis",
        engine_version=spec.engine_version,
        node_type=spec.node_type,
        num_cache_clusters=spec.replicas + 1,
        automatic_failover_enabled=copies,
        multi_az_enabled=copies,
        port=PORT,
        parameter_group_name=parameters.name,
        subnet_group_name=subnets.name,
        security_group_ids=[place.door(component, label, port=PORT, what="redis").id],
        transit_encryption_enabled=True,
        transit_encryption_mode="required",
        at_rest_encryption_enabled=True,
        kms_key_id=key_arn,
        auth_token=token,
        auth_token_update_strategy="ROTATE",  # noqa: S106  how a password is changed
        auto_minor_version_upgrade=True,
        snapshot_retention_limit=spec.snapshot_days,
        snapshot_window=SNAPSHOTS,
        maintenance_window=MAINTENANCE,
        final_snapshot_identifier=f"{physical}-final" if component.context.is_production else None,
        tags=component.tags(),
        opts=component.stateful(),
    )
    address = pulumi.Output.all(group.primary_endpoint_address, token)
    return pulumi.Output.secret(address.apply(lambda known: redis_connection(known[0], PORT, known[1])))
