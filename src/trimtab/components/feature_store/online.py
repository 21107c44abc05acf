"""The online side of an open-source feature store: Feast keeps one DynamoDB table a feature view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.spec.feature_store import FeatureGroup

ENTITY = "entity_id"
"""The one key that Feast's DynamoDB online store writes and reads by."""
EXPIRY = "ttl"


def online_table(component: Component, spec: FeatureGroup, key_arn: pulumi.Output[str]) -> aws.dynamodb.Table:
    """Return the table of one feature view: paid by the request, recoverable to any second of 35 days."""
    owner = spec.owner or component.owner
    return aws.dynamodb.Table(
        f"{component.name}-{spec.name}-online",
        name=f"{component.context.prefix}.{spec.name}",
        billing_mode="PAY_PER_REQUEST",
        hash_key=ENTITY,
        attributes=[aws.dynamodb.TableAttributeArgs(name=ENTITY, type="S")],
        ttl=aws.dynamodb.TableTtlArgs(enabled=True, attribute_name=EXPIRY),
        point_in_time_recovery=aws.dynamodb.TablePointInTimeRecoveryArgs(enabled=True),
        server_side_encryption=aws.dynamodb.TableServerSideEncryptionArgs(enabled=True, kms_key_arn=key_arn),
        deletion_protection_enabled=component.context.is_production,
        tags={**component.tags(classification=spec.data_classification), **owner.tags()},
        opts=component.stateful(),
    )
