"""The key of a cluster: secrets in etcd, disks of nodes, logs of the control plane, interruption notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.encryption import LOGS, customer_key
from trimtab.components.statements import allow

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.components.statements import Conditions

EVENTS = "events.amazonaws.com"
LINKED_ROLES = (
    "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling*",
    "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot*",
)
"""Roles of AWS's own that attach disks: of the system nodes' scaling group, and of spot nodes."""
USE = ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*")


def cluster_key(component: Component, place: Place, given: pulumi.Input[str] | None) -> pulumi.Output[str]:
    """Return the ARN of the key; the roles that attach disks may use one of the cluster's own.

    Without that grant every launch fails: "Required KMS key policy for use with encrypted volumes" in the EC2 Auto
    Scaling user guide. The roles are named by a condition, as they may not exist before their first use.
    """
    return customer_key(component, services=(LOGS, EVENTS), given=given, statements=tuple(_statements(place)))


def encrypt_disks(key_arn: pulumi.Input[str]) -> list[dict[str, Any]]:
    """Return the statements that let a role start instances whose disks the key encrypts."""
    for_aws: Conditions = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
    return [
        allow("EncryptDisks", USE, [key_arn]),
        allow("AttachDisks", ["kms:CreateGrant"], [key_arn], conditions=for_aws),
    ]


def _statements(place: Place) -> list[dict[str, Any]]:
    anyone = {"AWS": "*"}
    linked: Conditions = {
        "ArnLike": {"aws:PrincipalArn": [place.arn("iam", role, regional=False) for role in LINKED_ROLES]},
        "StringEquals": {"kms:CallerAccount": place.account},
    }
    for_aws = {**linked, "Bool": {"kms:GrantIsForAWSResource": "true"}}
    return [
        allow("LinkedRolesUseTheKey", USE, ["*"], principal=anyone, conditions=linked),
        allow("LinkedRolesAttachDisks", ["kms:CreateGrant"], ["*"], principal=anyone, conditions=for_aws),
    ]
