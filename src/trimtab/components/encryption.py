"""A customer key for whatever a component encrypts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pulumi
import pulumi_aws as aws

from trimtab.components.place import Place, place_of
from trimtab.components.statements import allow, document

if TYPE_CHECKING:
    from trimtab.components.base import Component
    from trimtab.components.statements import Conditions

DELETION_WINDOW_DAYS = 30  # The longest KMS allows: a key deleted by mistake takes its data with it.
LOGS = "logs.amazonaws.com"
CLOUDTRAIL = "cloudtrail.amazonaws.com"
_USE = ("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey")


def customer_key(
    component: Component,
    *,
    services: tuple[str, ...],
    given: pulumi.Input[str] | None = None,
    statements: tuple[dict[str, Any], ...] = (),
) -> pulumi.Output[str]:
    """Return the ARN of the key that `component` encrypts with.

    Args:
        component: the owner of the key.
        services: service principals that may use it on the account's behalf, `logs.amazonaws.com`. What acts
            with a caller's own permissions (S3, DynamoDB, SageMaker, ECR) needs none.
        given: a key wired in by the caller; absent: one of the component's own, rotated every year.
        statements: further statements of the key's policy.
    """
    if given is not None:
        return pulumi.Output.from_input(given)
    key = aws.kms.Key(
        f"{component.name}-key",
        description=f"{component.context.prefix} {component.name}",
        enable_key_rotation=True,
        deletion_window_in_days=DELETION_WINDOW_DAYS,
        policy=document([*_statements(place_of(component), services), *statements]),
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


def _statements(place: Place, services: tuple[str, ...]) -> list[dict[str, Any]]:
    root = place.arn("iam", "root", regional=False)
    # A key whose policy leaves out the account can never be managed again; roles still need a grant of their own.
    account = allow("AccountAdministersTheKey", ["kms:*"], ["*"], principal={"AWS": root})
    return [account, *(_service(place, service, number) for number, service in enumerate(services))]


def _service(place: Place, service: str, number: int) -> dict[str, Any]:
    # Logs is the one service that is known by its regional name only.
    name = pulumi.Output.format("logs.{}.amazonaws.com", place.region) if service == LOGS else service
    return allow(
        f"ServiceEncryptsForThisAccount{number}",
        _USE,
        ["*"],
        principal={"Service": name},
        conditions=_for_this_account(place, service),
    )


def _for_this_account(place: Place, service: str) -> Conditions:
    """Logs and CloudTrail say whom they act for in the encryption context; the others in the request."""
    if service == LOGS:
        return {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": place.arn("logs", "log-group:*")}}
    if service == CLOUDTRAIL:
        trails = pulumi.Output.format("arn:{}:cloudtrail:*:{}:trail/*", place.partition, place.account)
        return {"ArnLike": {"kms:EncryptionContext:aws:cloudtrail:arn": trails}}
    return {"StringEquals": {"aws:SourceAccount": place.account}}
