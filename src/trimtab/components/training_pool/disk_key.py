"""The key of the nodes' disks, which EC2 Auto Scaling must be able to use: it attaches them, not a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trimtab.components.encryption import customer_key
from trimtab.components.statements import allow

if TYPE_CHECKING:
    import pulumi

    from trimtab.components.base import Component
    from trimtab.components.place import Place
    from trimtab.components.statements import Conditions

LINKED_ROLE = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling*"


def disk_key(component: Component, place: Place, given: pulumi.Input[str] | None) -> pulumi.Output[str]:
    """Return the ARN of the key; one of the pool's own lets the account's Auto Scaling role use it.

    Without that grant every launch fails: see "Required KMS key policy for use with encrypted volumes" in the
    EC2 Auto Scaling user guide. The role is named by a condition, as it may not exist before the first group.
    """
    return customer_key(component, services=(), given=given, statements=tuple(_statements(place)))


def _statements(place: Place) -> list[dict[str, Any]]:
    anyone = {"AWS": "*"}
    role: Conditions = {
        "ArnLike": {"aws:PrincipalArn": place.arn("iam", LINKED_ROLE, regional=False)},
        "StringEquals": {"kms:CallerAccount": place.account},
    }
    use = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    for_aws = {**role, "Bool": {"kms:GrantIsForAWSResource": "true"}}
    return [
        allow("AutoScalingUsesTheKey", use, ["*"], principal=anyone, conditions=role),
        allow("AutoScalingAttachesDisks", ["kms:CreateGrant"], ["*"], principal=anyone, conditions=for_aws),
    ]
