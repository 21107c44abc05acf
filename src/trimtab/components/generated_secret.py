"""Passwords that nobody chooses: made once, kept in Secrets Manager, secret in the stack's state."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

if TYPE_CHECKING:
    from trimtab.components.base import Component

RANDOM_BYTES = 24
RECOVERY_DAYS = 7
"""The shortest time that Secrets Manager keeps what was deleted."""


def generated_secret(
    component: Component, suffix: str, *, key_arn: pulumi.Input[str], random_bytes: int = RANDOM_BYTES
) -> pulumi.Output[str]:
    """Return a password that is made when the stack first is, and stays.

    RDS could keep its own password, but changes it every week; a server reads its environment only when it starts.

    Args:
        component: the owner.
        suffix: what it is for; it ends the secret's name.
        key_arn: the key that encrypts it.
        random_bytes: entropy, in bytes; the password has two characters for each.
    """
    label = f"{component.name}-{suffix}"
    secret = aws.secretsmanager.Secret(
        label,
        name=f"{component.context.prefix}/{component.name}/{suffix}",
        description=f"{component.context.prefix} {component.name}: {suffix}",
        kms_key_id=key_arn,
        recovery_window_in_days=RECOVERY_DAYS if component.context.is_production else 0,
        tags=component.tags(),
        opts=component.stateful(),
    )
    # Every run makes another one; the first is kept.
    version = aws.secretsmanager.SecretVersion(
        label,
        secret_id=secret.id,
        secret_string=pulumi.Output.secret(password(random_bytes)),
        opts=component.child(ignore_changes=["secretString"], additional_secret_outputs=["secretString"]),
    )
    return version.secret_string.apply(str)


def password(random_bytes: int = RANDOM_BYTES) -> str:
    """Return a new password of letters and digits, which no address or file format has to quote.

    The letter before it keeps Feast from taking it for a number: it reads Redis' parameters as JSON.
    """
    return f"p{secrets.token_hex(random_bytes)}"[: 2 * random_bytes]
