"""The online store in DynamoDB: one table a view, under the names that Feast asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi_aws as aws

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.spec.cluster.feast import Feast

ENTITY = "entity_id"
"""The one key that Feast's DynamoDB store writes and reads by."""
ACTIONS = (
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
)


def table_template(component: Component) -> str:
    """Return how tables are called, in Feast's placeholders."""
    return f"{component.context.prefix}.{{project}}.{{table_name}}"


def online_tables(component: Component, spec: Feast, key_arn: pulumi.Output[str]) -> list[aws.dynamodb.Table]:
    """Return the tables; Feast makes none where they exist, and so needs no right to."""
    template = table_template(component)
    return [
        aws.dynamodb.Table(
            f"{component.name}-{view.name}",
            name=template.format(project=spec.project, table_name=view.name),
            billing_mode="PAY_PER_REQUEST",
            hash_key=ENTITY,
            attributes=[aws.dynamodb.TableAttributeArgs(name=ENTITY, type="S")],
            point_in_time_recovery=aws.dynamodb.TablePointInTimeRecoveryArgs(enabled=True),
            server_side_encryption=aws.dynamodb.TableServerSideEncryptionArgs(enabled=True, kms_key_arn=key_arn),
            deletion_protection_enabled=component.context.is_production,
            tags={**component.tags(), **(view.owner.tags() if view.owner else {})},
            opts=component.stateful(),
        )
        for view in spec.views
        if view.online
    ]
