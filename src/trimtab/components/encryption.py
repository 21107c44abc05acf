"""A customer key for whatever a component encrypts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from trimtab.components.base import Component

DELETION_WINDOW_DAYS = 30  # The longest KMS allows: a key deleted by mistake takes its data with it.


def customer_key(
    component: Component, *, services: tuple[str, ...], given: pulumi.Input[str] | None = None
) -> pulumi.Output[str]:
    """Return the ARN of the key that `component` encrypts with.

    Args:
        component: the owner of the key.
        services: service principals that may use it on the account's behalf, `logs.amazonaws.com`.
        given: a key wired in by the caller; absent: one of the component's own, rotated every year.
    """
    if given is not None:
        return pulumi.Output.from_input(given)
    key = aws.kms.Key(
        f"{component.name}-key",
        description=f"{component.context.prefix} {component.name}",
        enable_key_rotation=True,
        deletion_window_in_days=DELETION_WINDOW_DAYS,
        policy=_key_policy(services, component),
        tags=component.tags(),
        opts=component.stateful(),
    )
    aws.kms.Alias(
        f"{component.name}-key-alias",
        name=f"alias/{component.context.prefix}-{component.name}",
        target_key_id=key.key_id,
        opts=component.child(),
    )
    return key.arn


def _key_policy(services: tuple[str, ...], component: Component) -> pulumi.Output[str]:
    identity = aws.get_caller_identity_output(opts=pulumi.InvokeOutputOptions(parent=component))
    partition = aws.get_partition_output(opts=pulumi.InvokeOutputOptions(parent=component))
    return pulumi.Output.all(identity.account_id, partition.partition).apply(
        lambda known: json.dumps(_statements(str(known[0]), str(known[1]), services))
    )


def _statements(account: str, partition: str, services: tuple[str, ...]) -> dict[str, object]:
    root = {
        "Sid": "AccountAdministersTheKey",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:{partition}:iam::{account}:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    use = {
        "Sid": "ServicesEncryptForThisAccountOnly",
        "Effect": "Allow",
        "Principal": {"Service": list(services)},
        "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:SourceAccount": account}},
    }
    return {"Version": "2012-10-17", "Statement": [root, *([use] if services else [])]}
