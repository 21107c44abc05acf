"""What `trimtab cost apply` may do in an AWS account: the calls that an update of a sizing field makes, and no other.

One entry a field that a component registers for sizing; a test holds the table against the components' handles. The
calls are those of the AWS provider's update of the property that the field becomes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trimtab.cost.permissions import SIZING_READS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OURS = {"aws:ResourceTag/ManagedBy": "trimtab"}
"""Every component tags what it makes."""


@dataclass(frozen=True)
class Write:
    """A call that changes something.

    Attributes:
        action: as IAM names it.
        resource: ARN after the partition; `{prefix}` is the beginning of the platform's names.
        equals: conditions, key → value.
        like: conditions on ARNs, key → pattern.
    """

    action: str
    resource: str
    equals: Mapping[str, str] = field(default_factory=dict)
    like: Mapping[str, str] = field(default_factory=dict)

    def statement(self, sid: str, prefix: str, tags: Mapping[str, str]) -> dict[str, Any]:
        """Return it as a statement; `tags` narrow what is recognised by its tags."""
        equals = {**self.equals, **(tags if self.equals == _OURS else {})}
        condition = {"StringEquals": equals, "ArnLike": dict(self.like)}
        return {
            "Sid": sid,
            "Effect": "Allow",
            "Action": self.action,
            "Resource": f"arn:aws:{self.resource.format(prefix=prefix)}",
            "Condition": {operator: keys for operator, keys in condition.items() if keys},
        }


_SCALING = {"application-autoscaling:service-namespace": "sagemaker"}
_BOUNDS = (Write("application-autoscaling:RegisterScalableTarget", "application-autoscaling:*:*:*", _SCALING),)
_POLICY = (Write("application-autoscaling:PutScalingPolicy", "application-autoscaling:*:*:*", _SCALING),)
_CLOCK = tuple(
    Write(f"application-autoscaling:{call}", "application-autoscaling:*:*:*", _SCALING)
    for call in ("PutScheduledAction", "DeleteScheduledAction")
)
# A configuration cannot be changed: the next one is made, the endpoint is pointed to it, and the old one goes.
_CONFIGURATION = (
    Write("sagemaker:CreateEndpointConfig", "sagemaker:*:*:endpoint-config/*", {"aws:RequestTag/ManagedBy": "trimtab"}),
    Write("sagemaker:AddTags", "sagemaker:*:*:endpoint-config/*", {"aws:RequestTag/ManagedBy": "trimtab"}),
    Write("sagemaker:UpdateEndpoint", "sagemaker:*:*:endpoint/{prefix}-*"),
    Write("sagemaker:UpdateEndpoint", "sagemaker:*:*:endpoint-config/*", _OURS),
    Write("sagemaker:DeleteEndpointConfig", "sagemaker:*:*:endpoint-config/*", _OURS),
)
_GROUPS = "autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/{prefix}-*"
_GROUP = (Write("autoscaling:UpdateAutoScalingGroup", _GROUPS),)
_FLOOR = (Write("autoscaling:PutScalingPolicy", _GROUPS),)
_GROUP_CLOCK = tuple(
    Write(f"autoscaling:{call}", _GROUPS) for call in ("PutScheduledUpdateGroupAction", "DeleteScheduledAction")
)
_WARM = (Write("autoscaling:PutWarmPool", _GROUPS),)
# Who points a group to a new version of its template must be allowed to start what it describes.
# https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
_TEMPLATE = (
    Write("ec2:CreateLaunchTemplateVersion", "ec2:*:*:launch-template/*", _OURS),
    Write("ec2:ModifyLaunchTemplate", "ec2:*:*:launch-template/*", _OURS),
    Write("ec2:RunInstances", "ec2:*:*:*", like={"ec2:LaunchTemplate": "arn:aws:ec2:*:*:launch-template/*"}),
    Write("ec2:CreateTags", "ec2:*:*:*", {"ec2:CreateAction": "RunInstances"}),
    Write("iam:PassRole", "iam::*:role/*", {"iam:PassedToService": "ec2.amazonaws.com"}),
)

FIELD_WRITES: dict[str, dict[str, tuple[Write, ...]]] = {
    "sagemaker-endpoint": {
        "minInstances": _BOUNDS,
        "maxInstances": _BOUNDS,
        "instanceType": _CONFIGURATION,
        "scaleInCooldownSeconds": _POLICY,
        "targetInvocationsPerInstance": _POLICY,
        "hourlyFloors": _CLOCK,
    },
    "sagemaker-inference-component": {
        "minCopies": _BOUNDS,
        "maxCopies": _BOUNDS,
        "scaleInCooldownSeconds": _POLICY,
        "targetInvocationsPerCopy": _POLICY,
    },
    "gpu-training-pool": {
        "minNodes": (*_GROUP, *_FLOOR),
        "maxNodes": (*_GROUP, *_WARM),
        "instanceTypes[0]": (*_GROUP, *_TEMPLATE),
        "hourlyFloors": _GROUP_CLOCK,
    },
}
"""Kind → field → calls; what lies in a cluster is changed through its API, by the cluster's own rights."""

REFRESH_READS = (
    "application-autoscaling:Describe*",
    "application-autoscaling:ListTagsForResource",
    "autoscaling:Describe*",
    "cloudwatch:DescribeAlarms",
    "cloudwatch:ListTagsForResource",
    "ec2:Describe*",
    "fsx:Describe*",
    "fsx:ListTagsForResource",
    "iam:GetInstanceProfile",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies",
    "kms:DescribeKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListResourceTags",
    "sagemaker:Describe*",
    "sagemaker:ListTags",
    "sns:GetTopicAttributes",
    "sns:ListTagsForResource",
    "sts:GetCallerIdentity",
)
"""What `pulumi refresh` reads of everything that lies in a component with a sizing handle."""


def apply_policy(prefix: str = "*", tags: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the IAM policy of the role that applies changes.

    Args:
        prefix: beginning of the platform's names, `atlas-prod`; `*` for any.
        tags: further tags of the platform's resources, name → value.
    """
    reads = sorted({*SIZING_READS, *REFRESH_READS})
    reading = {"Sid": "TrimtabApplyReads", "Effect": "Allow", "Action": reads, "Resource": "*"}
    asked = {f"aws:ResourceTag/{name}": value for name, value in (tags or {}).items()}
    writing = [write.statement(f"TrimtabApply{n}", prefix, asked) for n, write in enumerate(_writes())]
    return {"Version": "2012-10-17", "Statement": [reading, *writing]}


def _writes() -> Iterator[Write]:
    """Yield each call once, in the order of the table."""
    seen: list[Write] = []
    for fields in FIELD_WRITES.values():
        for writes in fields.values():
            for write in writes:
                if write not in seen:
                    seen.append(write)
                    yield write
